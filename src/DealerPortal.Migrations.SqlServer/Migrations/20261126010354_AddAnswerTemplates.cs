using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.SqlServer.Migrations
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
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Name = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    Purpose = table.Column<byte>(type: "tinyint", nullable: false),
                    Resolution = table.Column<byte>(type: "tinyint", nullable: true),
                    Type = table.Column<byte>(type: "tinyint", nullable: true),
                    UpdatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    UpdatedById = table.Column<int>(type: "int", nullable: true),
                    DeactivatedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Stamp = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TextDe = table.Column<string>(type: "nvarchar(1500)", maxLength: 1500, nullable: false),
                    TextEn = table.Column<string>(type: "nvarchar(1500)", maxLength: 1500, nullable: false),
                    TextFr = table.Column<string>(type: "nvarchar(1500)", maxLength: 1500, nullable: false),
                    TextNl = table.Column<string>(type: "nvarchar(1500)", maxLength: 1500, nullable: false)
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
