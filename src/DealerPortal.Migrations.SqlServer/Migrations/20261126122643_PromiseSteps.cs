using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class PromiseSteps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "ClockSince",
                table: "Dossiers",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ClockUsed",
                table: "Dossiers",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<byte>(
                name: "Step",
                table: "Dossiers",
                type: "tinyint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "PromiseStates",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    Followed = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    FollowedTo = table.Column<long>(type: "bigint", nullable: true),
                    Stamp = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PromiseStates", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PromiseTargets",
                columns: table => new
                {
                    Type = table.Column<byte>(type: "tinyint", nullable: false),
                    Step = table.Column<byte>(type: "tinyint", nullable: false),
                    Minutes = table.Column<int>(type: "int", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PromiseTargets", x => new { x.Type, x.Step });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Dossiers_OrganisationId_OwnerId_Status_CreatedAt",
                table: "Dossiers",
                columns: new[] { "OrganisationId", "OwnerId", "Status", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Dossiers_OrganisationId_Status_UpdatedAt",
                table: "Dossiers",
                columns: new[] { "OrganisationId", "Status", "UpdatedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PromiseStates");

            migrationBuilder.DropTable(
                name: "PromiseTargets");

            migrationBuilder.DropIndex(
                name: "IX_Dossiers_OrganisationId_OwnerId_Status_CreatedAt",
                table: "Dossiers");

            migrationBuilder.DropIndex(
                name: "IX_Dossiers_OrganisationId_Status_UpdatedAt",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "ClockSince",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "ClockUsed",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "Step",
                table: "Dossiers");
        }
    }
}
