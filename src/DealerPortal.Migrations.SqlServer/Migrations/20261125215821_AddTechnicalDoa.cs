using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace DealerPortal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AddTechnicalDoa : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "DoaConditionSets",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    CategoryId = table.Column<int>(type: "int", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false),
                    EffectiveFrom = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DoaConditionSets", x => x.Id);
                    table.ForeignKey(
                        name: "FK_DoaConditionSets_ProductCategories_CategoryId",
                        column: x => x.CategoryId,
                        principalTable: "ProductCategories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DoaConditions",
                columns: table => new
                {
                    SetId = table.Column<int>(type: "int", nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    Kind = table.Column<byte>(type: "tinyint", nullable: false),
                    MaxDays = table.Column<int>(type: "int", nullable: true),
                    TextFr = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    TextNl = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    TextDe = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    TextEn = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DoaConditions", x => new { x.SetId, x.Position });
                    table.ForeignKey(
                        name: "FK_DoaConditions_DoaConditionSets_SetId",
                        column: x => x.SetId,
                        principalTable: "DoaConditionSets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TechnicalDoas",
                columns: table => new
                {
                    DossierId = table.Column<long>(type: "bigint", nullable: false),
                    OrganisationId = table.Column<int>(type: "int", nullable: false),
                    PurchaseDate = table.Column<DateOnly>(type: "date", nullable: true),
                    IsDamaged = table.Column<bool>(type: "bit", nullable: false),
                    IsComplete = table.Column<bool>(type: "bit", nullable: false),
                    Description = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    ConditionSetId = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TechnicalDoas", x => x.DossierId);
                    table.ForeignKey(
                        name: "FK_TechnicalDoas_DoaConditionSets_ConditionSetId",
                        column: x => x.ConditionSetId,
                        principalTable: "DoaConditionSets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_TechnicalDoas_Dossiers_DossierId",
                        column: x => x.DossierId,
                        principalTable: "Dossiers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DoaVerdicts",
                columns: table => new
                {
                    DossierId = table.Column<long>(type: "bigint", nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    OrganisationId = table.Column<int>(type: "int", nullable: false),
                    Outcome = table.Column<byte>(type: "tinyint", nullable: false),
                    Days = table.Column<int>(type: "int", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DoaVerdicts", x => new { x.DossierId, x.Position });
                    table.ForeignKey(
                        name: "FK_DoaVerdicts_TechnicalDoas_DossierId",
                        column: x => x.DossierId,
                        principalTable: "TechnicalDoas",
                        principalColumn: "DossierId",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "DoaConditionSets",
                columns: new[] { "Id", "CategoryId", "EffectiveFrom", "Version" },
                values: new object[] { 1, null, new DateOnly(2020, 1, 1), 1 });

            migrationBuilder.InsertData(
                table: "DoaConditions",
                columns: new[] { "Position", "SetId", "Kind", "MaxDays", "TextDe", "TextEn", "TextFr", "TextNl" },
                values: new object[,]
                {
                    { 1, 1, (byte)1, 14, "Vor höchstens 14 Tagen gekauft", "Bought 14 days ago at most", "Acheté depuis 14 jours au plus", "Hoogstens 14 dagen geleden gekocht" },
                    { 2, 1, (byte)4, null, "Kaufbeleg beigefügt", "Proof of purchase attached", "Preuve d’achat jointe", "Aankoopbewijs bijgevoegd" },
                    { 3, 1, (byte)5, null, "Foto des Typenschilds beigefügt", "Photo of the serial plate attached", "Photo de la plaque signalétique jointe", "Foto van het typeplaatje bijgevoegd" },
                    { 4, 1, (byte)7, null, "Gerät unbeschädigt", "Device undamaged", "Appareil non endommagé", "Toestel niet beschadigd" },
                    { 5, 1, (byte)8, null, "Verpackung und Zubehör vollständig", "Packaging and accessories complete", "Emballage et accessoires complets", "Verpakking en toebehoren volledig" }
                });

            migrationBuilder.CreateIndex(
                name: "IX_DoaConditionSets_CategoryId_EffectiveFrom_Version",
                table: "DoaConditionSets",
                columns: new[] { "CategoryId", "EffectiveFrom", "Version" },
                unique: true,
                filter: "[CategoryId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TechnicalDoas_ConditionSetId",
                table: "TechnicalDoas",
                column: "ConditionSetId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "DoaConditions");

            migrationBuilder.DropTable(
                name: "DoaVerdicts");

            migrationBuilder.DropTable(
                name: "TechnicalDoas");

            migrationBuilder.DropTable(
                name: "DoaConditionSets");
        }
    }
}
