using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class GatheredMails : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "BounceClearedAt",
                table: "Users",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "BounceReason",
                table: "Users",
                type: "TEXT",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "BouncedAddress",
                table: "Users",
                type: "TEXT",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "BouncedAt",
                table: "Users",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "MutedMails",
                table: "Users",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "CameByMail",
                table: "TimelineEntries",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "BouncedAt",
                table: "OutboxMails",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "HeldUntil",
                table: "OutboxMails",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "News",
                table: "OutboxMails",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<string>(
                name: "Parts",
                table: "OutboxMails",
                type: "TEXT",
                maxLength: 2147483647,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "TriesAddress",
                table: "OutboxMails",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_BouncedAt",
                table: "OutboxMails",
                column: "BouncedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_BouncedAt",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "BounceClearedAt",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "BounceReason",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "BouncedAddress",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "BouncedAt",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "MutedMails",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "CameByMail",
                table: "TimelineEntries");

            migrationBuilder.DropColumn(
                name: "BouncedAt",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "HeldUntil",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "News",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "Parts",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "TriesAddress",
                table: "OutboxMails");
        }
    }
}
