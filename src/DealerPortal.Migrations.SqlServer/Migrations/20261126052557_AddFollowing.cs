using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AddFollowing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte>(
                name: "Reminders",
                table: "Dossiers",
                type: "tinyint",
                nullable: false,
                defaultValue: (byte)0);

            migrationBuilder.CreateIndex(
                name: "IX_Dossiers_OrganisationId_OwnerId_UpdatedAt",
                table: "Dossiers",
                columns: new[] { "OrganisationId", "OwnerId", "UpdatedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Dossiers_OrganisationId_OwnerId_UpdatedAt",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "Reminders",
                table: "Dossiers");
        }
    }
}
