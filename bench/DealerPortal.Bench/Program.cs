using DealerPortal.Bench;

return await Verbs.RunAsync(args);
