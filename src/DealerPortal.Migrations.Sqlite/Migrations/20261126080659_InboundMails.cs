using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class InboundMails : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ReplyToken",
                table: "OutboxMails",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ReplyTokenHash",
                table: "OutboxMails",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "InboundMails",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Mailbox = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    UidValidity = table.Column<long>(type: "INTEGER", nullable: false),
                    Uid = table.Column<long>(type: "INTEGER", nullable: false),
                    Fingerprint = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ReceivedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Outcome = table.Column<byte>(type: "INTEGER", nullable: false),
                    Reason = table.Column<byte>(type: "INTEGER", nullable: true),
                    Sender = table.Column<string>(type: "TEXT", maxLength: 251, nullable: true),
                    SenderName = table.Column<string>(type: "TEXT", maxLength: 251, nullable: true),
                    Recipient = table.Column<string>(type: "TEXT", maxLength: 251, nullable: true),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 251, nullable: true),
                    SentAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    MessageId = table.Column<string>(type: "TEXT", maxLength: 251, nullable: true),
                    Text = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: true),
                    Files = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    DossierId = table.Column<long>(type: "INTEGER", nullable: true),
                    SettledAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    SettledById = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InboundMails", x => x.Id);
                    table.ForeignKey(
                        name: "FK_InboundMails_Dossiers_DossierId",
                        column: x => x.DossierId,
                        principalTable: "Dossiers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_InboundMails_Users_SettledById",
                        column: x => x.SettledById,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_ReplyTokenHash",
                table: "OutboxMails",
                column: "ReplyTokenHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_InboundMails_DossierId",
                table: "InboundMails",
                column: "DossierId");

            migrationBuilder.CreateIndex(
                name: "IX_InboundMails_Fingerprint",
                table: "InboundMails",
                column: "Fingerprint",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_InboundMails_Mailbox_UidValidity_Uid",
                table: "InboundMails",
                columns: new[] { "Mailbox", "UidValidity", "Uid" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_InboundMails_Outcome_ReceivedAt",
                table: "InboundMails",
                columns: new[] { "Outcome", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_InboundMails_SettledById",
                table: "InboundMails",
                column: "SettledById");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "InboundMails");

            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_ReplyTokenHash",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "ReplyToken",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "ReplyTokenHash",
                table: "OutboxMails");
        }
    }
}
