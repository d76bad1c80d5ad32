using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddFiguresAndDealersViews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_QueueViews_OwnerId_Name",
                table: "QueueViews");

            migrationBuilder.AddColumn<byte>(
                name: "List",
                table: "QueueViews",
                type: "INTEGER",
                nullable: false,
                defaultValue: (byte)1);

            migrationBuilder.CreateTable(
                name: "CountedDossiers",
                columns: table => new
                {
                    DossierId = table.Column<long>(type: "INTEGER", nullable: false),
                    Scope = table.Column<int>(type: "INTEGER", nullable: false),
                    Counted = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CountedDossiers", x => x.DossierId);
                    table.ForeignKey(
                        name: "FK_CountedDossiers_Dossiers_DossierId",
                        column: x => x.DossierId,
                        principalTable: "Dossiers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FigureCells",
                columns: table => new
                {
                    Scope = table.Column<int>(type: "INTEGER", nullable: false),
                    Month = table.Column<int>(type: "INTEGER", nullable: false),
                    Type = table.Column<byte>(type: "INTEGER", nullable: false),
                    Measure = table.Column<byte>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    Days = table.Column<string>(type: "TEXT", maxLength: 450, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FigureCells", x => new { x.Scope, x.Month, x.Type, x.Measure });
                });

            migrationBuilder.CreateTable(
                name: "FigureModels",
                columns: table => new
                {
                    Scope = table.Column<int>(type: "INTEGER", nullable: false),
                    Month = table.Column<int>(type: "INTEGER", nullable: false),
                    ModelCode = table.Column<string>(type: "TEXT", maxLength: 48, nullable: false),
                    Decided = table.Column<int>(type: "INTEGER", nullable: false),
                    Accepted = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FigureModels", x => new { x.Scope, x.Month, x.ModelCode });
                });

            migrationBuilder.CreateTable(
                name: "FiguresStates",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    FirstCountScope = table.Column<int>(type: "INTEGER", nullable: true),
                    FirstCountDossierId = table.Column<long>(type: "INTEGER", nullable: false),
                    EntryId = table.Column<long>(type: "INTEGER", nullable: false),
                    AsOf = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Stamp = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FiguresStates", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_QueueViews_OwnerId_List_Name",
                table: "QueueViews",
                columns: new[] { "OwnerId", "List", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Dossiers_OrganisationId_UpdatedAt",
                table: "Dossiers",
                columns: new[] { "OrganisationId", "UpdatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_CountedDossiers_Scope",
                table: "CountedDossiers",
                column: "Scope");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CountedDossiers");

            migrationBuilder.DropTable(
                name: "FigureCells");

            migrationBuilder.DropTable(
                name: "FigureModels");

            migrationBuilder.DropTable(
                name: "FiguresStates");

            migrationBuilder.DropIndex(
                name: "IX_QueueViews_OwnerId_List_Name",
                table: "QueueViews");

            migrationBuilder.DropIndex(
                name: "IX_Dossiers_OrganisationId_UpdatedAt",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "List",
                table: "QueueViews");

            migrationBuilder.CreateIndex(
                name: "IX_QueueViews_OwnerId_Name",
                table: "QueueViews",
                columns: new[] { "OwnerId", "Name" },
                unique: true);
        }
    }
}
