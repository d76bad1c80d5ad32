using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddDealerSeats : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "ForUserId",
                table: "Drafts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "DealerSeats",
                columns: table => new
                {
                    SessionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    MembershipId = table.Column<int>(type: "INTEGER", nullable: false),
                    Mode = table.Column<byte>(type: "INTEGER", nullable: false),
                    TakenAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DealerSeats", x => x.SessionId);
                    table.ForeignKey(
                        name: "FK_DealerSeats_Memberships_MembershipId",
                        column: x => x.MembershipId,
                        principalTable: "Memberships",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DealerSeats_Sessions_SessionId",
                        column: x => x.SessionId,
                        principalTable: "Sessions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Drafts_ForUserId",
                table: "Drafts",
                column: "ForUserId");

            migrationBuilder.CreateIndex(
                name: "IX_DealerSeats_MembershipId",
                table: "DealerSeats",
                column: "MembershipId");

            migrationBuilder.AddForeignKey(
                name: "FK_Drafts_Users_ForUserId",
                table: "Drafts",
                column: "ForUserId",
                principalTable: "Users",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Drafts_Users_ForUserId",
                table: "Drafts");

            migrationBuilder.DropTable(
                name: "DealerSeats");

            migrationBuilder.DropIndex(
                name: "IX_Drafts_ForUserId",
                table: "Drafts");

            migrationBuilder.DropColumn(
                name: "ForUserId",
                table: "Drafts");
        }
    }
}
