using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.SqlServer.Migrations
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
                type: "tinyint",
                nullable: false,
                defaultValue: (byte)1);

            migrationBuilder.CreateTable(
                name: "CountedDossiers",
                columns: table => new
                {
                    DossierId = table.Column<long>(type: "bigint", nullable: false),
                    Scope = table.Column<int>(type: "int", nullable: false),
                    Counted = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false)
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
                    Scope = table.Column<int>(type: "int", nullable: false),
                    Month = table.Column<int>(type: "int", nullable: false),
                    Type = table.Column<byte>(type: "tinyint", nullable: false),
                    Measure = table.Column<byte>(type: "tinyint", nullable: false),
                    Count = table.Column<int>(type: "int", nullable: false),
                    Days = table.Column<string>(type: "nvarchar(450)", maxLength: 450, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FigureCells", x => new { x.Scope, x.Month, x.Type, x.Measure });
                });

            migrationBuilder.CreateTable(
                name: "FigureModels",
                columns: table => new
                {
                    Scope = table.Column<int>(type: "int", nullable: false),
                    Month = table.Column<int>(type: "int", nullable: false),
                    ModelCode = table.Column<string>(type: "nvarchar(48)", maxLength: 48, nullable: false),
                    Decided = table.Column<int>(type: "int", nullable: false),
                    Accepted = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FigureModels", x => new { x.Scope, x.Month, x.ModelCode });
                });

            migrationBuilder.CreateTable(
                name: "FiguresStates",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    FirstCountScope = table.Column<int>(type: "int", nullable: true),
                    FirstCountDossierId = table.Column<long>(type: "bigint", nullable: false),
                    EntryId = table.Column<long>(type: "bigint", nullable: false),
                    AsOf = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Stamp = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
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
