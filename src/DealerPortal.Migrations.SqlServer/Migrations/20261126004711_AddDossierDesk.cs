using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AddDossierDesk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "MergedIntoId",
                table: "Dossiers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ComesBy",
                table: "Appointments",
                type: "nvarchar(80)",
                maxLength: 80,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "DossierFieldChanges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    DossierId = table.Column<long>(type: "bigint", nullable: false),
                    OrganisationId = table.Column<int>(type: "int", nullable: false),
                    TimelineEntryId = table.Column<long>(type: "bigint", nullable: false),
                    Field = table.Column<byte>(type: "tinyint", nullable: false),
                    Before = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    After = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DossierFieldChanges", x => x.Id);
                    table.ForeignKey(
                        name: "FK_DossierFieldChanges_Dossiers_DossierId",
                        column: x => x.DossierId,
                        principalTable: "Dossiers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DossierFieldChanges_TimelineEntries_TimelineEntryId",
                        column: x => x.TimelineEntryId,
                        principalTable: "TimelineEntries",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DossierLinks",
                columns: table => new
                {
                    FirstId = table.Column<long>(type: "bigint", nullable: false),
                    SecondId = table.Column<long>(type: "bigint", nullable: false),
                    ById = table.Column<int>(type: "int", nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DossierLinks", x => new { x.FirstId, x.SecondId });
                    table.ForeignKey(
                        name: "FK_DossierLinks_Dossiers_FirstId",
                        column: x => x.FirstId,
                        principalTable: "Dossiers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DossierLinks_Dossiers_SecondId",
                        column: x => x.SecondId,
                        principalTable: "Dossiers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DossierLinks_Users_ById",
                        column: x => x.ById,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DossierPresence",
                columns: table => new
                {
                    DossierId = table.Column<long>(type: "bigint", nullable: false),
                    UserId = table.Column<int>(type: "int", nullable: false),
                    SeenAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    IsWriting = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DossierPresence", x => new { x.DossierId, x.UserId });
                    table.ForeignKey(
                        name: "FK_DossierPresence_Dossiers_DossierId",
                        column: x => x.DossierId,
                        principalTable: "Dossiers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DossierPresence_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Dossiers_MergedIntoId",
                table: "Dossiers",
                column: "MergedIntoId");

            migrationBuilder.CreateIndex(
                name: "IX_DossierFieldChanges_DossierId",
                table: "DossierFieldChanges",
                column: "DossierId");

            migrationBuilder.CreateIndex(
                name: "IX_DossierFieldChanges_TimelineEntryId",
                table: "DossierFieldChanges",
                column: "TimelineEntryId");

            migrationBuilder.CreateIndex(
                name: "IX_DossierLinks_ById",
                table: "DossierLinks",
                column: "ById");

            migrationBuilder.CreateIndex(
                name: "IX_DossierLinks_SecondId",
                table: "DossierLinks",
                column: "SecondId");

            migrationBuilder.CreateIndex(
                name: "IX_DossierPresence_SeenAt",
                table: "DossierPresence",
                column: "SeenAt");

            migrationBuilder.CreateIndex(
                name: "IX_DossierPresence_UserId",
                table: "DossierPresence",
                column: "UserId");

            migrationBuilder.AddForeignKey(
                name: "FK_Dossiers_Dossiers_MergedIntoId",
                table: "Dossiers",
                column: "MergedIntoId",
                principalTable: "Dossiers",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Dossiers_Dossiers_MergedIntoId",
                table: "Dossiers");

            migrationBuilder.DropTable(
                name: "DossierFieldChanges");

            migrationBuilder.DropTable(
                name: "DossierLinks");

            migrationBuilder.DropTable(
                name: "DossierPresence");

            migrationBuilder.DropIndex(
                name: "IX_Dossiers_MergedIntoId",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "MergedIntoId",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "ComesBy",
                table: "Appointments");
        }
    }
}
