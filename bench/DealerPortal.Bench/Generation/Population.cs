using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Directory;
using DealerPortal.Core.Organisations;

namespace DealerPortal.Bench.Generation;

/// <summary>An organisation as those who make its dossiers need it.</summary>
/// <param name="Members">Keys; the administrator first.</param>
internal sealed record GeneratedOrganisation(int Id, string Country, IReadOnlyList<int> Branches, IReadOnlyList<int> Members);

/// <summary>The organisations with their branches and members, and the staff.</summary>
internal sealed class Population(EntityWriters writers, Random random, string passwordHash, string authenticatorKey, DateTime asOf)
{
    private const int Agents = 12;
    private const int MemberPerDossiers = 1500;

    private readonly DateTime _since = asOf.AddYears(-4);
    private int _users;
    private int _organisations;
    private int _branches;

    public IReadOnlyList<int> WriteStaff() =>
        [.. Enumerable.Range(1, Agents).Select(i => WriteUser($"agent{i.ToString(CultureInfo.InvariantCulture)}@dealerportal.example", StaffRole.SupportAgent))];

    public IReadOnlyList<GeneratedOrganisation> WriteOrganisations(GenerationPlan plan) => [.. plan.Sizes.Select((size, index) => WriteOrganisation(size, index < plan.Measured))];

    private GeneratedOrganisation WriteOrganisation(int size, bool isMeasured)
    {
        var id = ++_organisations;
        var name = $"{random.Of(Vocabulary.ShopNames)} {random.Of(Vocabulary.LastNames)} {id.ToString(CultureInfo.InvariantCulture)}";
        var vat = VatOf(id);
        writers.Write(new Organisation
        {
            Id = id,
            Name = name,
            VatNumber = vat.Value,
            Country = vat.Country,
            CreatedAt = _since,
            ConfirmedAt = _since.AddDays(2),
            CustomerNumber = $"B-{id.ToString("000000", CultureInfo.InvariantCulture)}",
            ColleaguesSeeAll = !isMeasured && random.Chance(0.3),
            Stamp = NewGuid(),
        });
        var (branches, towns) = (new List<int>(), new List<string>());
        for (var i = 0; i <= Math.Min(5, size / 2000); i++)
        {
            var (postalCode, town) = random.Of(Vocabulary.Towns);
            towns.Add(town);
            branches.Add(++_branches);
            writers.Write(new Branch
            {
                Id = _branches,
                OrganisationId = id,
                Street = $"{random.Of(Vocabulary.Streets)} {random.Next(1, 200).ToString(CultureInfo.InvariantCulture)}",
                PostalCode = postalCode,
                Town = town,
                Country = vat.Country,
                Phone = "+3240000011",
            });
        }

        foreach (var token in OrganisationTokens.Of(name, vat.Value, towns))
            writers.Write(new OrganisationSearchToken { OrganisationId = id, Token = token });
        return new GeneratedOrganisation(id, vat.Country, branches, WriteMembers(id, size, isMeasured));
    }

    private List<int> WriteMembers(int organisation, int size, bool isMeasured)
    {
        var domain = (isMeasured, size) switch
        {
            (true, GenerationPlan.SmallSize) => "small.example",
            (true, _) => "large.example",
            _ => $"shop{organisation.ToString(CultureInfo.InvariantCulture)}.example",
        };
        var members = new List<int>();
        for (var i = 0; i <= 2 + Math.Min(20, size / MemberPerDossiers); i++)
        {
            var user = WriteUser(i switch { 0 => $"administrator@{domain}", 1 => $"employee@{domain}", _ => $"employee{i.ToString(CultureInfo.InvariantCulture)}@{domain}" }, StaffRole.None);
            members.Add(user);
            var membership = i == 0 ? Membership.OfCreator(user, organisation, _since) : Membership.Request(user, organisation, _since);
            if (i > 0)
                membership.Decide(approve: true, members[0], _since.AddDays(1));
            membership.Stamp = NewGuid();
            writers.Write(membership);
        }

        return members;
    }

    private int WriteUser(string email, StaffRole role)
    {
        var user = new User
        {
            Id = ++_users,
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            EmailConfirmed = true,
            FirstName = random.Of(Vocabulary.FirstNames),
            LastName = random.Of(Vocabulary.LastNames),
            Language = random.Of(Languages.All),
            PhoneNumber = "+3240000014",
            StaffRole = role,
            CreatedAt = _since,
            PasswordHash = passwordHash,
            SecurityStamp = NewGuid().ToString("N"),
            ConcurrencyStamp = NewGuid().ToString("D"),
            LockoutEnabled = true,
            AuthenticatorKey = role == StaffRole.None ? null : authenticatorKey,
            TwoFactorEnabled = role != StaffRole.None,
        };
        writers.Write(user);
        foreach (var token in UserTokens.Of(user.FirstName, user.LastName, email))
            writers.Write(new UserSearchToken { UserId = user.Id, Token = token });
        return user.Id;
    }

    /// <summary>Of those that are not given out.</summary>
    private static VatNumber VatOf(int organisation)
    {
        var digits = 9_990_000 + organisation;
        return VatNumber.TryParse($"BE0{digits.ToString(CultureInfo.InvariantCulture)}{(97 - (digits % 97)).ToString("00", CultureInfo.InvariantCulture)}", out var vat)
            ? vat
            : throw new InvalidOperationException($"{digits} makes no VAT number.");
    }

    private Guid NewGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
