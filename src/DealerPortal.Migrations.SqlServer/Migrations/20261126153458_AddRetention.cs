using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AddRetention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "AnonymisedAt",
                table: "Dossiers",
                type: "datetime2",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "DossierHolds",
                columns: table => new
                {
                    DossierId = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ById = table.Column<int>(type: "int", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DossierHolds", x => x.DossierId);
                    table.ForeignKey(
                        name: "FK_DossierHolds_Dossiers_DossierId",
                        column: x => x.DossierId,
                        principalTable: "Dossiers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DossierHolds_Users_ById",
                        column: x => x.ById,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Dossiers_ToAnonymise",
                table: "Dossiers",
                column: "CompletedAt",
                filter: "[AnonymisedAt] IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_DossierHolds_ById",
                table: "DossierHolds",
                column: "ById");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "DossierHolds");

            migrationBuilder.DropIndex(
                name: "IX_Dossiers_ToAnonymise",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "AnonymisedAt",
                table: "Dossiers");
        }
    }
}
