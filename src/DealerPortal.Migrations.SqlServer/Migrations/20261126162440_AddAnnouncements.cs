using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AddAnnouncements : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Announcements",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Kind = table.Column<byte>(type: "tinyint", nullable: false),
                    Country = table.Column<string>(type: "nvarchar(2)", maxLength: 2, nullable: true),
                    ShownFrom = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ShownUntil = table.Column<DateTime>(type: "datetime2", nullable: true),
                    DownFrom = table.Column<DateTime>(type: "datetime2", nullable: true),
                    DownUntil = table.Column<DateTime>(type: "datetime2", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedById = table.Column<int>(type: "int", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    UpdatedById = table.Column<int>(type: "int", nullable: false),
                    PublishedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    WithdrawnAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Stamp = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Announcements", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Announcements_Users_CreatedById",
                        column: x => x.CreatedById,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Announcements_Users_UpdatedById",
                        column: x => x.UpdatedById,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AssistanceTexts",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Version = table.Column<int>(type: "int", nullable: false),
                    EffectiveFrom = table.Column<DateOnly>(type: "date", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedById = table.Column<int>(type: "int", nullable: false),
                    WithdrawnAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    TextDe = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    TextEn = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    TextFr = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    TextNl = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AssistanceTexts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AssistanceTexts_Users_CreatedById",
                        column: x => x.CreatedById,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AnnouncementDismissals",
                columns: table => new
                {
                    UserId = table.Column<int>(type: "int", nullable: false),
                    AnnouncementId = table.Column<int>(type: "int", nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AnnouncementDismissals", x => new { x.UserId, x.AnnouncementId });
                    table.ForeignKey(
                        name: "FK_AnnouncementDismissals_Announcements_AnnouncementId",
                        column: x => x.AnnouncementId,
                        principalTable: "Announcements",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AnnouncementDismissals_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AnnouncementTexts",
                columns: table => new
                {
                    AnnouncementId = table.Column<int>(type: "int", nullable: false),
                    Language = table.Column<string>(type: "nvarchar(2)", maxLength: 2, nullable: false),
                    Title = table.Column<string>(type: "nvarchar(150)", maxLength: 150, nullable: false),
                    Summary = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Body = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    SheetKey = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    SheetName = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true),
                    SheetLength = table.Column<long>(type: "bigint", nullable: true),
                    SheetSha256 = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AnnouncementTexts", x => new { x.AnnouncementId, x.Language });
                    table.ForeignKey(
                        name: "FK_AnnouncementTexts_Announcements_AnnouncementId",
                        column: x => x.AnnouncementId,
                        principalTable: "Announcements",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AnnouncementDismissals_AnnouncementId",
                table: "AnnouncementDismissals",
                column: "AnnouncementId");

            migrationBuilder.CreateIndex(
                name: "IX_Announcements_CreatedById",
                table: "Announcements",
                column: "CreatedById");

            migrationBuilder.CreateIndex(
                name: "IX_Announcements_ShownFrom",
                table: "Announcements",
                column: "ShownFrom");

            migrationBuilder.CreateIndex(
                name: "IX_Announcements_UpdatedById",
                table: "Announcements",
                column: "UpdatedById");

            migrationBuilder.CreateIndex(
                name: "IX_AnnouncementTexts_SheetKey",
                table: "AnnouncementTexts",
                column: "SheetKey",
                unique: true,
                filter: "[SheetKey] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AssistanceTexts_CreatedById",
                table: "AssistanceTexts",
                column: "CreatedById");

            migrationBuilder.CreateIndex(
                name: "IX_AssistanceTexts_EffectiveFrom",
                table: "AssistanceTexts",
                column: "EffectiveFrom");

            migrationBuilder.CreateIndex(
                name: "IX_AssistanceTexts_Version",
                table: "AssistanceTexts",
                column: "Version",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AnnouncementDismissals");

            migrationBuilder.DropTable(
                name: "AnnouncementTexts");

            migrationBuilder.DropTable(
                name: "AssistanceTexts");

            migrationBuilder.DropTable(
                name: "Announcements");
        }
    }
}
