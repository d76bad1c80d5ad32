using DealerPortal.Web.Features.Shared;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Tests.Hosting;

/// <summary>Validators are made once for everybody, so none may keep a text in the language of whoever came first.</summary>
public sealed class ValidatorTests
{
    [Fact]
    public void Validators_AreMade_ReadNoText()
    {
        var services = new ServiceCollection()
            .AddValidatorsFromAssemblyContaining<SharedTexts>(ServiceLifetime.Singleton, includeInternalTypes: true)
            .AddSingleton(TimeProvider.System);
        services.TryAdd(ServiceDescriptor.Singleton(typeof(IStringLocalizer<>), typeof(Unread<>)));
        using var provider = services.BuildServiceProvider(validateScopes: true);
        var validators = AssemblyScanner.FindValidatorsInAssembly(typeof(SharedTexts).Assembly, includeInternalTypes: true).ToList();

        Assert.True(validators.Count > 30, $"{validators.Count} validators");
        Assert.All(validators, found => Assert.NotNull(provider.GetRequiredService(found.InterfaceType)));
    }

    private sealed class Unread<T> : IStringLocalizer<T>
    {
        public LocalizedString this[string name] => throw new InvalidOperationException($"«{name}» is read while a validator is made.");

        public LocalizedString this[string name, params object[] arguments] => this[name];

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => throw new InvalidOperationException("Texts are read while a validator is made.");
    }
}
