using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddAnswerTemplates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AnswerTemplates",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Purpose = table.Column<byte>(type: "INTEGER", nullable: false),
                    Resolution = table.Column<byte>(type: "INTEGER", nullable: true),
                    Type = table.Column<byte>(type: "INTEGER", nullable: true),
                    UpdatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    UpdatedById = table.Column<int>(type: "INTEGER", nullable: true),
                    DeactivatedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Stamp = table.Column<Guid>(type: "TEXT", nullable: false),
                    TextDe = table.Column<string>(type: "TEXT", maxLength: 1500, nullable: false),
                    TextEn = table.Column<string>(type: "TEXT", maxLength: 1500, nullable: false),
                    TextFr = table.Column<string>(type: "TEXT", maxLength: 1500, nullable: false),
                    TextNl = table.Column<string>(type: "TEXT", maxLength: 1500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AnswerTemplates", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AnswerTemplates_Users_UpdatedById",
                        column: x => x.UpdatedById,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AnswerTemplates_Name",
                table: "AnswerTemplates",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AnswerTemplates_UpdatedById",
                table: "AnswerTemplates",
                column: "UpdatedById");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AnswerTemplates");
        }
    }
}
