using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.SqlServer.Migrations
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
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Stamp",
                table: "ProductModels",
                type: "uniqueidentifier",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<int>(
                name: "DefaultLeadTimeDays",
                table: "ProductCategories",
                type: "int",
                nullable: false,
                defaultValue: 3);

            migrationBuilder.AddColumn<byte>(
                name: "DefaultServiceOffer",
                table: "ProductCategories",
                type: "tinyint",
                nullable: false,
                defaultValue: (byte)0);

            migrationBuilder.AddColumn<Guid>(
                name: "Stamp",
                table: "ProductCategories",
                type: "uniqueidentifier",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<DateTime>(
                name: "WithdrawnAt",
                table: "DoaConditionSets",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Note",
                table: "ClosingDays",
                type: "nvarchar(120)",
                maxLength: 120,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "CatalogueImports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OwnerId = table.Column<int>(type: "int", nullable: false),
                    FileName = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Content = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    AppliedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Added = table.Column<int>(type: "int", nullable: false),
                    Changed = table.Column<int>(type: "int", nullable: false)
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
                unique: true,
                filter: "[CategoryId] IS NOT NULL");
        }
    }
}
