using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AddStaffAndOrganisations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_DossierId",
                table: "OutboxMails");

            migrationBuilder.DropIndex(
                name: "IX_Organisations_CustomerNumber",
                table: "Organisations");

            migrationBuilder.AddColumn<string>(
                name: "AuthenticatorKey",
                table: "Users",
                type: "nvarchar(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LastTimeStep",
                table: "Users",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Account",
                table: "SignInThrottles",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "Limit",
                table: "SignInThrottles",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "ProvenAt",
                table: "Sessions",
                type: "datetime2",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<Guid>(
                name: "AgainOfId",
                table: "OutboxMails",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "MergedIntoId",
                table: "Organisations",
                type: "int",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AuditChecks",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    StartedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    StartedById = table.Column<int>(type: "int", nullable: false),
                    ExportedSequence = table.Column<long>(type: "bigint", nullable: true),
                    ExportedHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    Target = table.Column<long>(type: "bigint", nullable: false),
                    CheckedSequence = table.Column<long>(type: "bigint", nullable: false),
                    CheckedHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    FinishedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    FaultSequence = table.Column<long>(type: "bigint", nullable: true),
                    FaultKind = table.Column<int>(type: "int", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditChecks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AuditChecks_Users_StartedById",
                        column: x => x.StartedById,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PasskeyChallenges",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    BrowserHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    State = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PasskeyChallenges", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RecoveryCodes",
                columns: table => new
                {
                    UserId = table.Column<int>(type: "int", nullable: false),
                    Hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    SetId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UsedAt = table.Column<DateTime>(type: "datetime2", nullable: true)
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
                name: "SignInTickets",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UserId = table.Column<int>(type: "int", nullable: false),
                    BrowserHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    SecurityStamp = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    Keep = table.Column<bool>(type: "bit", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ConsumedAt = table.Column<DateTime>(type: "datetime2", nullable: true)
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
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Email = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    NormalizedEmail = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    Role = table.Column<byte>(type: "tinyint", nullable: false),
                    Language = table.Column<string>(type: "nvarchar(2)", maxLength: 2, nullable: false),
                    TokenHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    InvitedById = table.Column<int>(type: "int", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    SentAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AcceptedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    WithdrawnAt = table.Column<DateTime>(type: "datetime2", nullable: true)
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
                    UserId = table.Column<int>(type: "int", nullable: false),
                    Token = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2")
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

            migrationBuilder.CreateIndex(
                name: "IX_SignInThrottles_Account",
                table: "SignInThrottles",
                column: "Account");

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_AgainOfId",
                table: "OutboxMails",
                column: "AgainOfId");

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_CreatedAt",
                table: "OutboxMails",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_DossierId_CreatedAt",
                table: "OutboxMails",
                columns: new[] { "DossierId", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_Recipient_CreatedAt",
                table: "OutboxMails",
                columns: new[] { "Recipient", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_SentAt",
                table: "OutboxMails",
                column: "SentAt");

            migrationBuilder.CreateIndex(
                name: "IX_Organisations_ConfirmedAt_DeactivatedAt_CreatedAt",
                table: "Organisations",
                columns: new[] { "ConfirmedAt", "DeactivatedAt", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Organisations_CustomerNumber",
                table: "Organisations",
                column: "CustomerNumber",
                unique: true,
                filter: "[CustomerNumber] IS NOT NULL AND [DeactivatedAt] IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Organisations_MergedIntoId",
                table: "Organisations",
                column: "MergedIntoId");

            migrationBuilder.CreateIndex(
                name: "IX_Organisations_Name",
                table: "Organisations",
                column: "Name");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Action",
                table: "AuditEntries",
                column: "Action");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_ActorId",
                table: "AuditEntries",
                column: "ActorId");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_ActorId_Action",
                table: "AuditEntries",
                columns: new[] { "ActorId", "Action" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_At",
                table: "AuditEntries",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_AuditChecks_FinishedAt",
                table: "AuditChecks",
                column: "FinishedAt");

            migrationBuilder.CreateIndex(
                name: "IX_AuditChecks_StartedById",
                table: "AuditChecks",
                column: "StartedById");

            migrationBuilder.CreateIndex(
                name: "IX_PasskeyChallenges_CreatedAt",
                table: "PasskeyChallenges",
                column: "CreatedAt");

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
                name: "FK_Organisations_Organisations_MergedIntoId",
                table: "Organisations",
                column: "MergedIntoId",
                principalTable: "Organisations",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_OutboxMails_OutboxMails_AgainOfId",
                table: "OutboxMails",
                column: "AgainOfId",
                principalTable: "OutboxMails",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Organisations_Organisations_MergedIntoId",
                table: "Organisations");

            migrationBuilder.DropForeignKey(
                name: "FK_OutboxMails_OutboxMails_AgainOfId",
                table: "OutboxMails");

            migrationBuilder.DropTable(
                name: "AuditChecks");

            migrationBuilder.DropTable(
                name: "PasskeyChallenges");

            migrationBuilder.DropTable(
                name: "RecoveryCodes");

            migrationBuilder.DropTable(
                name: "SignInTickets");

            migrationBuilder.DropTable(
                name: "StaffInvitations");

            migrationBuilder.DropTable(
                name: "UserSearchTokens");

            migrationBuilder.DropIndex(
                name: "IX_SignInThrottles_Account",
                table: "SignInThrottles");

            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_AgainOfId",
                table: "OutboxMails");

            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_CreatedAt",
                table: "OutboxMails");

            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_DossierId_CreatedAt",
                table: "OutboxMails");

            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_Recipient_CreatedAt",
                table: "OutboxMails");

            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_SentAt",
                table: "OutboxMails");

            migrationBuilder.DropIndex(
                name: "IX_Organisations_ConfirmedAt_DeactivatedAt_CreatedAt",
                table: "Organisations");

            migrationBuilder.DropIndex(
                name: "IX_Organisations_CustomerNumber",
                table: "Organisations");

            migrationBuilder.DropIndex(
                name: "IX_Organisations_MergedIntoId",
                table: "Organisations");

            migrationBuilder.DropIndex(
                name: "IX_Organisations_Name",
                table: "Organisations");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Action",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_ActorId",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_ActorId_Action",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_At",
                table: "AuditEntries");

            migrationBuilder.DropColumn(
                name: "AuthenticatorKey",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "LastTimeStep",
                table: "Users");

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
                name: "AgainOfId",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "MergedIntoId",
                table: "Organisations");

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_DossierId",
                table: "OutboxMails",
                column: "DossierId");

            migrationBuilder.CreateIndex(
                name: "IX_Organisations_CustomerNumber",
                table: "Organisations",
                column: "CustomerNumber");
        }
    }
}
