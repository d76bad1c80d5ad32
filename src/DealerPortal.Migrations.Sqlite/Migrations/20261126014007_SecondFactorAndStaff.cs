using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace DealerPortal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SecondFactorAndStaff : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "AuthenticatorKey",
                table: "Users",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LastTimeStep",
                table: "Users",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "OccurredAt",
                table: "TimelineEntries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Account",
                table: "SignInThrottles",
                type: "TEXT",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "Limit",
                table: "SignInThrottles",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "ProvenAt",
                table: "Sessions",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<int>(
                name: "ServiceCentreId",
                table: "Dossiers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ServiceOrderNumber",
                table: "Dossiers",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TrackOccurredAt",
                table: "Dossiers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<byte>(
                name: "TrackReportedBy",
                table: "Dossiers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ArrangedAt",
                table: "Appointments",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "PasskeyChallenges",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    BrowserHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PasskeyChallenges", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RecoveryCodes",
                columns: table => new
                {
                    UserId = table.Column<int>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    SetId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UsedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RecoveryCodes", x => new { x.UserId, x.Hash });
                    table.ForeignKey(
                        name: "FK_RecoveryCodes_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ServiceCentres",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DeactivatedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Stamp = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ServiceCentres", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SignInTickets",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    UserId = table.Column<int>(type: "INTEGER", nullable: false),
                    BrowserHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    SecurityStamp = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    Keep = table.Column<bool>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ConsumedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SignInTickets", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SignInTickets_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StaffInvitations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    NormalizedEmail = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    Role = table.Column<byte>(type: "INTEGER", nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    TokenHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    InvitedById = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SentAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    AcceptedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    WithdrawnAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StaffInvitations", x => x.Id);
                    table.ForeignKey(
                        name: "FK_StaffInvitations_Users_InvitedById",
                        column: x => x.InvitedById,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "UserSearchTokens",
                columns: table => new
                {
                    UserId = table.Column<int>(type: "INTEGER", nullable: false),
                    Token = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserSearchTokens", x => new { x.Token, x.UserId });
                    table.ForeignKey(
                        name: "FK_UserSearchTokens_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ServiceCentreCodes",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Key = table.Column<string>(type: "TEXT", maxLength: 52, nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    CentreId = table.Column<int>(type: "INTEGER", nullable: true),
                    Meaning = table.Column<byte>(type: "INTEGER", nullable: false),
                    TextFr = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    TextNl = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    TextDe = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    TextEn = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    Stamp = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ServiceCentreCodes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ServiceCentreCodes_ServiceCentres_CentreId",
                        column: x => x.CentreId,
                        principalTable: "ServiceCentres",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ServiceCentreKeys",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CentreId = table.Column<int>(type: "INTEGER", nullable: false),
                    Prefix = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Scopes = table.Column<byte>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    CreatedById = table.Column<int>(type: "INTEGER", nullable: false),
                    LastUsedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    RevokedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ServiceCentreKeys", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ServiceCentreKeys_ServiceCentres_CentreId",
                        column: x => x.CentreId,
                        principalTable: "ServiceCentres",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ServiceCentreKeys_Users_CreatedById",
                        column: x => x.CreatedById,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ServiceCentreUploads",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CentreId = table.Column<int>(type: "INTEGER", nullable: false),
                    UploadedById = table.Column<int>(type: "INTEGER", nullable: false),
                    UploadedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Content = table.Column<string>(type: "TEXT", maxLength: 2147483647, nullable: false),
                    ConfirmedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ServiceCentreUploads", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ServiceCentreUploads_ServiceCentres_CentreId",
                        column: x => x.CentreId,
                        principalTable: "ServiceCentres",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ServiceCentreUploads_Users_UploadedById",
                        column: x => x.UploadedById,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ServiceCentreEvents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CentreId = table.Column<int>(type: "INTEGER", nullable: false),
                    EventId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ContentHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    DossierNumber = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    DossierId = table.Column<long>(type: "INTEGER", nullable: true),
                    Code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    CodeKey = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    OccurredAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ReceivedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Body = table.Column<string>(type: "TEXT", maxLength: 2147483647, nullable: false),
                    OrderNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    GrmsNumber = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    KeyId = table.Column<int>(type: "INTEGER", nullable: true),
                    UploadId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Outcome = table.Column<byte>(type: "INTEGER", nullable: false),
                    Answered = table.Column<byte>(type: "INTEGER", nullable: false),
                    Stamp = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ServiceCentreEvents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ServiceCentreEvents_Dossiers_DossierId",
                        column: x => x.DossierId,
                        principalTable: "Dossiers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ServiceCentreEvents_ServiceCentreKeys_KeyId",
                        column: x => x.KeyId,
                        principalTable: "ServiceCentreKeys",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ServiceCentreEvents_ServiceCentreUploads_UploadId",
                        column: x => x.UploadId,
                        principalTable: "ServiceCentreUploads",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ServiceCentreEvents_ServiceCentres_CentreId",
                        column: x => x.CentreId,
                        principalTable: "ServiceCentres",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "ServiceCentreCodes",
                columns: new[] { "Id", "CentreId", "Code", "Key", "Meaning", "Stamp", "TextDe", "TextEn", "TextFr", "TextNl" },
                values: new object[,]
                {
                    { 1, null, "ORDER-RECEIVED", "0:ORDER-RECEIVED", (byte)1, new Guid("00000001-0000-0000-0000-000000000000"), null, null, null, null },
                    { 2, null, "APPOINTMENT", "0:APPOINTMENT", (byte)2, new Guid("00000002-0000-0000-0000-000000000000"), null, null, null, null },
                    { 3, null, "IN-REPAIR", "0:IN-REPAIR", (byte)3, new Guid("00000003-0000-0000-0000-000000000000"), null, null, null, null },
                    { 4, null, "WAITING-FOR-PARTS", "0:WAITING-FOR-PARTS", (byte)4, new Guid("00000004-0000-0000-0000-000000000000"), null, null, null, null },
                    { 5, null, "COMPLETED", "0:COMPLETED", (byte)5, new Guid("00000005-0000-0000-0000-000000000000"), null, null, null, null },
                    { 6, null, "CANCELLED", "0:CANCELLED", (byte)6, new Guid("00000006-0000-0000-0000-000000000000"), null, null, null, null },
                    { 7, null, "RETURN-AUTHORISED", "0:RETURN-AUTHORISED", (byte)11, new Guid("00000007-0000-0000-0000-000000000000"), null, null, null, null },
                    { 8, null, "PICKUP-PLANNED", "0:PICKUP-PLANNED", (byte)12, new Guid("00000008-0000-0000-0000-000000000000"), null, null, null, null },
                    { 9, null, "COLLECTED", "0:COLLECTED", (byte)13, new Guid("00000009-0000-0000-0000-000000000000"), null, null, null, null },
                    { 10, null, "INSPECTED", "0:INSPECTED", (byte)14, new Guid("0000000a-0000-0000-0000-000000000000"), null, null, null, null },
                    { 11, null, "CREDITED", "0:CREDITED", (byte)15, new Guid("0000000b-0000-0000-0000-000000000000"), null, null, null, null },
                    { 12, null, "RETURN-REFUSED", "0:RETURN-REFUSED", (byte)16, new Guid("0000000c-0000-0000-0000-000000000000"), null, null, null, null },
                    { 13, null, "INFORMATION", "0:INFORMATION", (byte)21, new Guid("0000000d-0000-0000-0000-000000000000"), null, null, null, null }
                });

            migrationBuilder.CreateIndex(
                name: "IX_SignInThrottles_Account",
                table: "SignInThrottles",
                column: "Account");

            migrationBuilder.CreateIndex(
                name: "IX_Dossiers_ServiceCentreId",
                table: "Dossiers",
                column: "ServiceCentreId");

            migrationBuilder.CreateIndex(
                name: "IX_PasskeyChallenges_CreatedAt",
                table: "PasskeyChallenges",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_ServiceCentreCodes_CentreId",
                table: "ServiceCentreCodes",
                column: "CentreId");

            migrationBuilder.CreateIndex(
                name: "IX_ServiceCentreCodes_Key",
                table: "ServiceCentreCodes",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ServiceCentreEvents_CentreId_EventId",
                table: "ServiceCentreEvents",
                columns: new[] { "CentreId", "EventId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ServiceCentreEvents_CentreId_Outcome_ReceivedAt",
                table: "ServiceCentreEvents",
                columns: new[] { "CentreId", "Outcome", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ServiceCentreEvents_CentreId_ReceivedAt",
                table: "ServiceCentreEvents",
                columns: new[] { "CentreId", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ServiceCentreEvents_DossierId",
                table: "ServiceCentreEvents",
                column: "DossierId");

            migrationBuilder.CreateIndex(
                name: "IX_ServiceCentreEvents_KeyId",
                table: "ServiceCentreEvents",
                column: "KeyId");

            migrationBuilder.CreateIndex(
                name: "IX_ServiceCentreEvents_Outcome_CodeKey_OccurredAt",
                table: "ServiceCentreEvents",
                columns: new[] { "Outcome", "CodeKey", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ServiceCentreEvents_UploadId",
                table: "ServiceCentreEvents",
                column: "UploadId");

            migrationBuilder.CreateIndex(
                name: "IX_ServiceCentreKeys_CentreId",
                table: "ServiceCentreKeys",
                column: "CentreId");

            migrationBuilder.CreateIndex(
                name: "IX_ServiceCentreKeys_CreatedById",
                table: "ServiceCentreKeys",
                column: "CreatedById");

            migrationBuilder.CreateIndex(
                name: "IX_ServiceCentreKeys_Hash",
                table: "ServiceCentreKeys",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ServiceCentreUploads_CentreId_UploadedAt",
                table: "ServiceCentreUploads",
                columns: new[] { "CentreId", "UploadedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ServiceCentreUploads_UploadedById",
                table: "ServiceCentreUploads",
                column: "UploadedById");

            migrationBuilder.CreateIndex(
                name: "IX_SignInTickets_CreatedAt",
                table: "SignInTickets",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_SignInTickets_UserId",
                table: "SignInTickets",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_StaffInvitations_InvitedById",
                table: "StaffInvitations",
                column: "InvitedById");

            migrationBuilder.CreateIndex(
                name: "IX_StaffInvitations_NormalizedEmail",
                table: "StaffInvitations",
                column: "NormalizedEmail",
                unique: true,
                filter: "[AcceptedAt] IS NULL AND [WithdrawnAt] IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_StaffInvitations_TokenHash",
                table: "StaffInvitations",
                column: "TokenHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_UserSearchTokens_UserId",
                table: "UserSearchTokens",
                column: "UserId");

            migrationBuilder.AddForeignKey(
                name: "FK_Dossiers_ServiceCentres_ServiceCentreId",
                table: "Dossiers",
                column: "ServiceCentreId",
                principalTable: "ServiceCentres",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Dossiers_ServiceCentres_ServiceCentreId",
                table: "Dossiers");

            migrationBuilder.DropTable(
                name: "PasskeyChallenges");

            migrationBuilder.DropTable(
                name: "RecoveryCodes");

            migrationBuilder.DropTable(
                name: "ServiceCentreCodes");

            migrationBuilder.DropTable(
                name: "ServiceCentreEvents");

            migrationBuilder.DropTable(
                name: "SignInTickets");

            migrationBuilder.DropTable(
                name: "StaffInvitations");

            migrationBuilder.DropTable(
                name: "UserSearchTokens");

            migrationBuilder.DropTable(
                name: "ServiceCentreKeys");

            migrationBuilder.DropTable(
                name: "ServiceCentreUploads");

            migrationBuilder.DropTable(
                name: "ServiceCentres");

            migrationBuilder.DropIndex(
                name: "IX_SignInThrottles_Account",
                table: "SignInThrottles");

            migrationBuilder.DropIndex(
                name: "IX_Dossiers_ServiceCentreId",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "AuthenticatorKey",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "LastTimeStep",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "OccurredAt",
                table: "TimelineEntries");

            migrationBuilder.DropColumn(
                name: "Account",
                table: "SignInThrottles");

            migrationBuilder.DropColumn(
                name: "Limit",
                table: "SignInThrottles");

            migrationBuilder.DropColumn(
                name: "ProvenAt",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "ServiceCentreId",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "ServiceOrderNumber",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "TrackOccurredAt",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "TrackReportedBy",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "ArrangedAt",
                table: "Appointments");
        }
    }
}
