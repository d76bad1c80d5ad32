using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddRunningThePortal : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_DoaConditionSets_CategoryId_EffectiveFrom_Version",
                table: "DoaConditionSets");

            migrationBuilder.AddColumn<DateTime>(
                name: "ChangedAt",
                table: "ProductModels",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Stamp",
                table: "ProductModels",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<int>(
                name: "DefaultLeadTimeDays",
                table: "ProductCategories",
                type: "INTEGER",
                nullable: false,
                defaultValue: 3);

            migrationBuilder.AddColumn<byte>(
                name: "DefaultServiceOffer",
                table: "ProductCategories",
                type: "INTEGER",
                nullable: false,
                defaultValue: (byte)0);

            migrationBuilder.AddColumn<Guid>(
                name: "Stamp",
                table: "ProductCategories",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<DateTime>(
                name: "WithdrawnAt",
                table: "DoaConditionSets",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Note",
                table: "ClosingDays",
                type: "TEXT",
                maxLength: 120,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "CatalogueImports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    OwnerId = table.Column<int>(type: "INTEGER", nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Content = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AppliedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Added = table.Column<int>(type: "INTEGER", nullable: false),
                    Changed = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CatalogueImports", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CatalogueImports_Users_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.UpdateData(
                table: "DoaConditionSets",
                keyColumn: "Id",
                keyValue: 1,
                column: "WithdrawnAt",
                value: null);

            migrationBuilder.CreateIndex(
                name: "IX_Dossiers_UnknownModel",
                table: "Dossiers",
                column: "ModelCode",
                filter: "[ModelId] IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_DoaConditionSets_CategoryId_EffectiveFrom_Version",
                table: "DoaConditionSets",
                columns: new[] { "CategoryId", "EffectiveFrom", "Version" });

            migrationBuilder.CreateIndex(
                name: "IX_DoaConditionSets_CategoryId_Version",
                table: "DoaConditionSets",
                columns: new[] { "CategoryId", "Version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CatalogueImports_CreatedAt",
                table: "CatalogueImports",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_CatalogueImports_OwnerId_CreatedAt",
                table: "CatalogueImports",
                columns: new[] { "OwnerId", "CreatedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CatalogueImports");

            migrationBuilder.DropIndex(
                name: "IX_Dossiers_UnknownModel",
                table: "Dossiers");

            migrationBuilder.DropIndex(
                name: "IX_DoaConditionSets_CategoryId_EffectiveFrom_Version",
                table: "DoaConditionSets");

            migrationBuilder.DropIndex(
                name: "IX_DoaConditionSets_CategoryId_Version",
                table: "DoaConditionSets");

            migrationBuilder.DropColumn(
                name: "ChangedAt",
                table: "ProductModels");

            migrationBuilder.DropColumn(
                name: "Stamp",
                table: "ProductModels");

            migrationBuilder.DropColumn(
                name: "DefaultLeadTimeDays",
                table: "ProductCategories");

            migrationBuilder.DropColumn(
                name: "DefaultServiceOffer",
                table: "ProductCategories");

            migrationBuilder.DropColumn(
                name: "Stamp",
                table: "ProductCategories");

            migrationBuilder.DropColumn(
                name: "WithdrawnAt",
                table: "DoaConditionSets");

            migrationBuilder.DropColumn(
                name: "Note",
                table: "ClosingDays");

            migrationBuilder.CreateIndex(
                name: "IX_DoaConditionSets_CategoryId_EffectiveFrom_Version",
                table: "DoaConditionSets",
                columns: new[] { "CategoryId", "EffectiveFrom", "Version" },
                unique: true);
        }
    }
}
