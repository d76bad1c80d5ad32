using DealerPortal.Core.Credits;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Files;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Privacy;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DealerPortal.Core.Tests.Data;

/// <summary>Which texts that hang on a dossier are emptied when it is anonymised, asked of the model: a new one is a decision.</summary>
public sealed class EndUserDataTests
{
    /// <summary>Their rows go, or are written anew, or go earlier; of the accounts' record nothing is an end user's.</summary>
    private static readonly Type[] Apart = [typeof(Attachment), typeof(OutboxMail), typeof(DossierSearchToken), typeof(DossierHold), typeof(Draft), typeof(Credit)];

    /// <summary>Numbers, codes and the portal's own words.</summary>
    private static readonly string[] SayNothing =
    [
        "AccessoryLine.PartNumber",
        "AccessoryLine.What",
        "AppliancePickup.RelatedNumber",
        "CentreEvent.Code",
        "CentreEvent.CodeKey",
        "CentreEvent.ContentHash",
        "CentreEvent.DossierNumber",
        "CentreEvent.EventId",
        "CentreEvent.GrmsNumber",
        "CentreEvent.OrderNumber",
        "CountedDossier.Counted",
        "Dossier.EarlierNumber",
        "Dossier.GrmsNumber",
        "Dossier.ModelCode",
        "Dossier.Number",
        "Dossier.SerialNumber",
        "Dossier.ServiceOrderNumber",
        "InboundMail.Fingerprint",
        "InboundMail.Mailbox",
        "InboundMail.MessageId",
        "InboundMail.Recipient",
        "MissingAccessory.DeliveryNoteNumber",
    ];

    private static IModel Model => DesignTime.Create(DatabaseOptions.SqlServer).GetService<IDesignTimeModel>().Model;

    [Fact]
    public void EveryTextOfADossier_IsEndUserDataOrSaysNothingOfAnybody()
    {
        var kept = EndUserDataRows.Of(Model).Where(row => !Apart.Contains(row.Entity.ClrType))
            .SelectMany(row => row.Entity.GetProperties().Where(property => property.ClrType == typeof(string)).Except(row.Texts).Select(property => $"{row.Entity.ShortName()}.{property.Name}"));

        Assert.Equal(SayNothing, kept.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void RowsToEmpty_AreFoundByAnIndex() => Assert.All(
        EndUserDataRows.Of(Model).Where(row => row.Texts.Count > 0),
        row => Assert.True(
            row.Entity.GetKeys().Select(key => key.Properties[0]).Concat(row.Entity.GetIndexes().Select(index => index.Properties[0])).Any(first => first.Name == EndUserDataRows.KeyOf(row.Entity)!.Name),
            row.Entity.ShortName()));
}
