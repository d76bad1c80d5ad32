using System.Globalization;
using System.Net;
using System.Reflection;
using System.Runtime.CompilerServices;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Files;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Organisations.Support;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Admin;

public sealed class OrganisationMergingTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private const string Owner = "OrganisationId";

    /// <summary>What does not simply go along: members must not come twice, search words are written anew.</summary>
    private static readonly Type[] Apart = [typeof(Membership), typeof(OrganisationSearchToken)];

    [Fact]
    public async Task Merge_LeavesNoRowOfAnyEntityBehind()
    {
        var (from, into, person) = await PairAsync();
        var entities = await portal.Factory.ReadAsync(db => Task.FromResult(Owned(db).ToList()));
        await PlantAsync(from, person);
        using var client = await portal.Factory.NewClientAsync(person);
        await portal.Factory.WriteAsync((write, ct) => write.Db.Sessions.Where(s => s.UserId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.OrganisationId, from.Id), ct));
        var before = await CountsAsync(entities, from);
        Assert.All(before, count => Assert.True(count.Value > 0, $"The test plants no {count.Key}."));
        var there = await CountsAsync(entities, into);

        await MergeAsync(from, into);

        Assert.All(await CountsAsync(entities, from), count => Assert.True(count.Value == 0, $"{count.Value} rows of {count.Key} stayed behind."));
        Assert.All(await CountsAsync(entities, into), count => Assert.Equal(there[count.Key] + before[count.Key], count.Value));
    }

    [Fact]
    public Task Model_RefersToOrganisationsUnderNamesThatAreMoved() => portal.Factory.ReadAsync(db =>
    {
        Assert.Equal(
            ["Organisation.MergedIntoId"],
            db.Model.GetEntityTypes().SelectMany(entity => entity.GetForeignKeys()).Where(key => key.PrincipalEntityType.ClrType == typeof(Organisation))
                .Select(key => $"{key.DeclaringEntityType.ClrType.Name}.{key.Properties[0].Name}").Where(name => !name.EndsWith("." + Owner, StringComparison.Ordinal)));
        return Task.FromResult(0);
    });

    [Fact]
    public async Task Pages_LeadFromTheDuplicateToTheConfirmation_AndOn()
    {
        var mark = Guid.NewGuid().ToString("N")[..8];
        var from = await portal.Data.CreateOrganisationAsync($"Doublon{mark} SRL");
        var into = await portal.Data.CreateOrganisationAsync($"Doublon{mark} Liège SRL");
        var person = await portal.Data.CreateMemberAsync(from, MembershipRole.Administrator);
        await portal.Data.CreateMemberAsync(into, MembershipRole.Administrator);
        var dossier = await portal.Data.CreateDossierAsync(from, person, plan => plan.Reference = $"Ref{mark}");
        var draft = $"/dossiers/new/repair/{Guid.NewGuid():D}";
        using var dealer = await portal.Factory.NewClientAsync(person);
        await dealer.PostAsync(draft + "/save", ("Revision", "0"), ("Description", "Commencé avant."));
        using var support = await SupportAsync();

        var choosing = await support.GetPageAsync(Url(from) + "/merge");
        var chosen = choosing.Document.QuerySelectorAll(".list a.btn").Single(link => link.TextContent.Contains(into.Name, StringComparison.Ordinal)).GetAttribute("href")!;
        var preview = await support.GetPageAsync(chosen);
        Assert.Equal(["1", "1", "1", "1", "0", "Aucun"], preview.TextsOf("dl.pairs dd"));
        var refused = await support.SubmitAsync(preview, "#merge", ("Vat", into.VatNumber));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.NotNull(refused.ErrorOf("Vat"));
        Assert.Equal(HttpStatusCode.OK, (await dealer.GetPageAsync("/dossiers")).Status);
        Assert.Null((await OrganisationAsync(from)).MergedIntoId);

        var done = await support.SubmitAsync(refused, "#merge", ("Vat", $" {from.VatNumber[..2]} {from.VatNumber[2..]}"));

        Assert.Equal((HttpStatusCode.Redirect, Url(into)), (done.Status, done.Location));
        // Session, links, search and the draft go on as if nothing had happened.
        Assert.Contains(into.Name, (await dealer.GetPageAsync("/")).TextOf(".menu-body"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await dealer.GetPageAsync($"/dossiers/{dossier.Number}")).Status);
        Assert.Equal([dossier.Number], (await dealer.GetPageAsync($"/dossiers?q=ref{mark}&status=Submitted")).TextsOf("a.key"));
        Assert.Equal("Commencé avant.", (await dealer.GetPageAsync(draft)).ValueOf("Description"));
        // The one that went points to the one that stayed, for support and for people who register.
        Assert.Equal($"/admin/organisations/{into.Id}", (await support.GetPageAsync(Url(from))).Document.QuerySelector(".notice a")?.GetAttribute("href"));
        Assert.Equal(HttpStatusCode.NotFound, (await support.GetPageAsync(Url(from) + "/merge")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await support.PostAsync(Url(from) + "/reactivate")).Status);
        await using var scope = portal.Factory.Services.CreateAsyncScope();
        Assert.True(VatNumber.TryParse(from.VatNumber, out var vat));
        Assert.Equal(into.Id, (await scope.ServiceProvider.GetRequiredService<OrganisationSearch>().FindByVatAsync(vat, CancellationToken.None))?.Id);
        Assert.Equal(
            ["organisation.merged", "organisation.received"],
            await portal.Factory.ReadAsync(db => db.Audit.Where(a => a.Action == "organisation.merged" && a.SubjectId == from.Id.ToString(CultureInfo.InvariantCulture)
                || a.Action == "organisation.received" && a.SubjectId == into.Id.ToString(CultureInfo.InvariantCulture)).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync()));
    }

    [Fact]
    public async Task Members_ComeOnce_AndKeepThePlaceTheyHaveInTheOneThatStays()
    {
        var (from, into, creator) = await PairAsync();
        var waiting = await MemberOfBothAsync(from, into, (_, _) => { });
        var dismissed = await MemberOfBothAsync(from, into, (membership, now) => { membership.Decide(true, creator.Id, now); membership.Deactivate(creator.Id, now); });
        var administrator = await MemberOfBothAsync(from, into, (membership, now) => { membership.Decide(true, creator.Id, now); membership.Role = MembershipRole.Administrator; });
        await portal.Data.CreateMemberAsync(from, status: MembershipStatus.Pending);

        await MergeAsync(from, into);

        var places = await portal.Factory.ReadAsync(db => db.Memberships.Where(m => m.OrganisationId == into.Id).ToDictionaryAsync(m => m.UserId, m => (m.Status, m.Role)));
        Assert.Equal((MembershipStatus.Approved, MembershipRole.Employee), places[creator.Id]);
        Assert.Equal((MembershipStatus.Approved, MembershipRole.Employee), places[waiting.Id]);
        Assert.Equal((MembershipStatus.Deactivated, MembershipRole.Employee), places[dismissed.Id]);
        Assert.Equal((MembershipStatus.Approved, MembershipRole.Administrator), places[administrator.Id]);
        Assert.Equal((6, 0), (places.Count, await portal.Factory.ReadAsync(db => db.Memberships.CountAsync(m => m.OrganisationId == from.Id))));
    }

    [Theory]
    [InlineData(true, true, MembershipRole.Administrator)]
    [InlineData(false, false, MembershipRole.Administrator)]
    [InlineData(false, true, MembershipRole.Employee)]
    public async Task Administrators_StaySo_WhereSupportSaysSoOrNobodyElseIs(bool keep, bool staysWithOne, MembershipRole expected)
    {
        var (from, into, creator) = await PairAsync(staysWithOne);

        await MergeAsync(from, into, keep);

        Assert.Equal(expected, await portal.Factory.ReadAsync(db => db.Memberships.Where(m => m.UserId == creator.Id).Select(m => m.Role).SingleAsync()));
    }

    [Fact]
    public async Task CustomerNumber_GoesAlongWhereTheOtherHasNone()
    {
        var (from, into, _) = await PairAsync();
        using var support = await SupportAsync();
        await support.PostFormAsync(Url(from), ("CustomerNumber", $"M{from.Id}"));

        await MergeAsync(from, into);

        Assert.Equal((null, $"M{from.Id}"), ((await OrganisationAsync(from)).CustomerNumber, (await OrganisationAsync(into)).CustomerNumber));
    }

    [Fact]
    public async Task SameAddressInBoth_IsOfferedOnce()
    {
        var (from, into, _) = await PairAsync();
        var (gone, kept) = (await portal.Data.CreateBranchAsync(from, "Rue Commune 1"), await portal.Data.CreateBranchAsync(into, "Rue Commune 1"));
        await portal.Data.ChangeBranchAsync(gone, branch => (branch.ContactName, branch.OpeningHours) = ("Anne Spécimen", "jamais"));
        await portal.Data.ChangeBranchAsync(kept, branch => branch.OpeningHours = "9 h–18 h");

        await MergeAsync(from, into);

        Assert.Equal([("Anne Spécimen", "9 h–18 h")], await portal.Factory.ReadAsync(async db => (await db.Branches.IgnoreQueryFilters().AsNoTracking().Where(b => b.Id == kept).ToListAsync()).Select(b => (b.ContactName, b.OpeningHours)).ToList()));
        Assert.Equal([false, true], await portal.Factory.ReadAsync(db => db.Branches.IgnoreQueryFilters()
            .Where(b => b.OrganisationId == into.Id && b.Street == "Rue Commune 1").OrderBy(b => b.DeactivatedAt == null).Select(b => b.DeactivatedAt == null).ToListAsync()));
    }

    [Fact]
    public async Task DefaultBranch_IsThatOfTheOneThatStays()
    {
        var (from, into, _) = await PairAsync();
        await portal.Data.ChangeBranchAsync(from.BranchId, branch => branch.DefaultSince = portal.Factory.Now);
        await portal.Data.ChangeBranchAsync(into.BranchId, branch => branch.DefaultSince = portal.Factory.Now);

        await MergeAsync(from, into);

        Assert.Equal([into.BranchId], await portal.Factory.ReadAsync(db => db.Branches.IgnoreQueryFilters()
            .Where(b => b.OrganisationId == into.Id && b.DefaultSince != null).Select(b => b.Id).ToListAsync()));
    }

    [Fact]
    public async Task MergedTwice_PointsToTheLastOne()
    {
        var (first, second, _) = await PairAsync();
        var third = await portal.Data.CreateOrganisationAsync();

        await MergeAsync(first, second);
        await MergeAsync(second, third);

        Assert.Equal((third.Id, third.Id), ((await OrganisationAsync(first)).MergedIntoId, (await OrganisationAsync(second)).MergedIntoId));
        Assert.Equal(MergeOutcome.NotAllowed, await TryMergeAsync(third, third));
        Assert.Equal(MergeOutcome.NotAllowed, await TryMergeAsync(first, third));
        Assert.Equal(MergeOutcome.NotAllowed, await TryMergeAsync(third, first));
    }

    [Fact]
    public async Task WhatARequestUnderWayWroteAfterwards_IsBroughtAlong()
    {
        var (from, into, person) = await PairAsync();
        await MergeAsync(from, into);
        var late = await portal.Data.CreateDossierAsync(from, person);

        await portal.Factory.Services.GetRequiredService<AccountsHousekeeping>().RunOnceAsync(CancellationToken.None);

        Assert.Equal(into.Id, await portal.Factory.ReadAsync(db => db.Dossiers.IgnoreQueryFilters().Where(d => d.Id == late.Id).Select(d => d.OrganisationId).SingleAsync()));
    }

    private static IEnumerable<IEntityType> Owned(PortalDbContext db) =>
        db.Model.GetEntityTypes().Where(entity => entity.FindProperty(Owner) is not null && !Apart.Contains(entity.ClrType));

    private static string Url(TestOrganisation organisation) => string.Create(CultureInfo.InvariantCulture, $"/admin/organisations/{organisation.Id}");

    private async Task<PortalClient> SupportAsync() => await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());

    /// <summary>Two organisations; the creator of the first administers it.</summary>
    private async Task<(TestOrganisation From, TestOrganisation Into, TestUser Creator)> PairAsync(bool staysWithAdministrator = true)
    {
        var from = await portal.Data.CreateOrganisationAsync();
        var into = await portal.Data.CreateOrganisationAsync();
        if (staysWithAdministrator)
            await portal.Data.CreateMemberAsync(into, MembershipRole.Administrator);
        return (from, into, await portal.Data.CreateMemberAsync(from, MembershipRole.Administrator));
    }

    /// <summary>An approved member of the first with another place in the second.</summary>
    private async Task<TestUser> MemberOfBothAsync(TestOrganisation from, TestOrganisation into, Action<Membership, DateTime> there)
    {
        var person = await portal.Data.CreateMemberAsync(from);
        await portal.Factory.WriteAsync((write, _) =>
        {
            var membership = Membership.Request(person.Id, into.Id, portal.Factory.Now);
            there(membership, portal.Factory.Now);
            write.Db.Add(membership);
            return Task.CompletedTask;
        });
        return person;
    }

    private async Task MergeAsync(TestOrganisation from, TestOrganisation into, bool keepAdministrators = false) =>
        Assert.Equal(MergeOutcome.Done, await TryMergeAsync(from, into, keepAdministrators));

    private async Task<MergeOutcome> TryMergeAsync(TestOrganisation from, TestOrganisation into, bool keepAdministrators = false)
    {
        var actor = await portal.Data.CreateStaffAsync();
        await using var scope = portal.Factory.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OrganisationMerging>().MergeAsync(new OrganisationMerge(from.Id, into.Id, keepAdministrators, actor.Id), CancellationToken.None);
    }

    private Task<Organisation> OrganisationAsync(TestOrganisation organisation) =>
        portal.Factory.ReadAsync(db => db.Organisations.AsNoTracking().SingleAsync(o => o.Id == organisation.Id));

    private Task<Dictionary<string, int>> CountsAsync(IEnumerable<IEntityType> entities, TestOrganisation organisation) => portal.Factory.ReadAsync(async db =>
    {
        var counts = new Dictionary<string, int>();
        foreach (var entity in entities)
        {
            var count = typeof(OrganisationMergingTests).GetMethod(nameof(CountAsync), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(entity.ClrType);
            counts[entity.ClrType.Name] = await (Task<int>)count.Invoke(null, [db, entity.FindProperty(Owner)!.IsNullable, organisation.Id])!;
        }

        return counts;
    });

    private static Task<int> CountAsync<T>(PortalDbContext db, bool isOptional, int organisationId)
        where T : class => isOptional
        ? db.Set<T>().IgnoreQueryFilters().CountAsync(row => EF.Property<int?>(row, Owner) == organisationId)
        : db.Set<T>().IgnoreQueryFilters().CountAsync(row => EF.Property<int>(row, Owner) == organisationId);

    /// <summary>A row of every entity that belongs to an organisation, made from the model, all about one dossier and one draft.</summary>
    private async Task PlantAsync(TestOrganisation organisation, TestUser person)
    {
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);
        var draft = Guid.NewGuid();
        await portal.Factory.WriteAsync(async (write, ct) =>
        {
            write.Db.Add(new Draft { Id = draft, OrganisationId = organisation.Id, OwnerId = person.Id, Type = DossierType.RepairRequest, CreatedAt = portal.Factory.Now, SavedAt = portal.Factory.Now, Pairs = "[]" });
            await write.Db.SaveChangesAsync(ct);
            var entry = await write.Db.Timeline.IgnoreQueryFilters().Where(e => e.DossierId == dossier.Id).Select(e => e.Id).FirstAsync(ct);
            Type[] there = [typeof(Dossier), typeof(Draft), typeof(Branch), typeof(TimelineEntry), typeof(RepairRequest), typeof(DossierSearchToken), typeof(UserSession)];
            var waiting = Owned(write.Db).Where(entity => !there.Contains(entity.ClrType)).ToList();
            // What refers to another of them comes after it.
            foreach (var entity in waiting.OrderBy(entity => entity.GetForeignKeys().Count(key => waiting.Contains(key.PrincipalEntityType))))
            {
                write.Db.Add(RowOf(entity, organisation.Id, person.Id, dossier.Id, entity.ClrType == typeof(Attachment) ? null : draft, entry));
                if (entity.ClrType == typeof(Attachment))
                    write.Db.Add(RowOf(entity, organisation.Id, person.Id, null, draft, null));
                await write.Db.SaveChangesAsync(ct);
            }
        });
    }

    private static object RowOf(IEntityType entity, int organisationId, int userId, long? dossierId, Guid? draftId, long? entryId)
    {
        var row = RuntimeHelpers.GetUninitializedObject(entity.ClrType);
        foreach (var property in entity.GetProperties().Where(property => property.PropertyInfo is not null))
        {
            var principal = property.GetContainingForeignKeys().FirstOrDefault()?.PrincipalEntityType.ClrType;
            object? value = property.Name switch
            {
                Owner => organisationId,
                "DossierId" => dossierId,
                "DraftId" => draftId,
                "TimelineEntryId" => entryId,
                _ when principal == typeof(User) => userId,
                _ when property.IsNullable || (property.ValueGenerated == ValueGenerated.OnAdd && property.ClrType != typeof(Guid)) => null,
                _ when principal == typeof(DoaConditionSet) => 1,
                _ => ValueOf(property.ClrType),
            };
            if (value is not null)
                property.PropertyInfo!.SetValue(row, property.PropertyInfo.PropertyType.IsEnum ? Enum.ToObject(property.PropertyInfo.PropertyType, value) : value);
        }

        return row;
    }

    private static object ValueOf(Type type) => type switch
    {
        _ when type == typeof(string) => Guid.NewGuid().ToString("N")[..12],
        _ when type == typeof(Guid) => Guid.NewGuid(),
        _ when type == typeof(bool) => true,
        _ when type == typeof(DateTime) => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        _ when type == typeof(DateOnly) => new DateOnly(2026, 1, 1),
        _ when type == typeof(TimeOnly) => new TimeOnly(8, 0),
        _ when type.IsEnum => Convert.ChangeType(1, Enum.GetUnderlyingType(type), CultureInfo.InvariantCulture),
        _ => Convert.ChangeType(1, type, CultureInfo.InvariantCulture),
    };
}
