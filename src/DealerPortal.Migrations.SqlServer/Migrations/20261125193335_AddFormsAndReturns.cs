using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AddFormsAndReturns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte>(
                name: "ReturnStatus",
                table: "TimelineEntries",
                type: "tinyint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "GrmsNumber",
                table: "Dossiers",
                type: "nvarchar(30)",
                maxLength: 30,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ReturnRefusedReason",
                table: "Dossiers",
                type: "nvarchar(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<byte>(
                name: "ReturnStatus",
                table: "Dossiers",
                type: "tinyint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Slot",
                table: "Attachments",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "CreditQuestions",
                columns: table => new
                {
                    DossierId = table.Column<long>(type: "bigint", nullable: false),
                    OrganisationId = table.Column<int>(type: "int", nullable: false),
                    Question = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CreditQuestions", x => x.DossierId);
                    table.ForeignKey(
                        name: "FK_CreditQuestions_Dossiers_DossierId",
                        column: x => x.DossierId,
                        principalTable: "Dossiers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "GeneralQuestions",
                columns: table => new
                {
                    DossierId = table.Column<long>(type: "bigint", nullable: false),
                    OrganisationId = table.Column<int>(type: "int", nullable: false),
                    Subject = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    Message = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GeneralQuestions", x => x.DossierId);
                    table.ForeignKey(
                        name: "FK_GeneralQuestions_Dossiers_DossierId",
                        column: x => x.DossierId,
                        principalTable: "Dossiers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MissingAccessories",
                columns: table => new
                {
                    DossierId = table.Column<long>(type: "bigint", nullable: false),
                    OrganisationId = table.Column<int>(type: "int", nullable: false),
                    DeliveryDate = table.Column<DateOnly>(type: "date", nullable: false),
                    DeliveryNoteNumber = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    DeliverTo = table.Column<byte>(type: "tinyint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MissingAccessories", x => x.DossierId);
                    table.ForeignKey(
                        name: "FK_MissingAccessories_Dossiers_DossierId",
                        column: x => x.DossierId,
                        principalTable: "Dossiers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ReturnRequests",
                columns: table => new
                {
                    DossierId = table.Column<long>(type: "bigint", nullable: false),
                    OrganisationId = table.Column<int>(type: "int", nullable: false),
                    IsDoa = table.Column<bool>(type: "bit", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    IsDamaged = table.Column<bool>(type: "bit", nullable: false),
                    PurchaseDate = table.Column<DateOnly>(type: "date", nullable: true),
                    Description = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    ReadyFrom = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReturnRequests", x => x.DossierId);
                    table.ForeignKey(
                        name: "FK_ReturnRequests_Dossiers_DossierId",
                        column: x => x.DossierId,
                        principalTable: "Dossiers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TechnicalQuestions",
                columns: table => new
                {
                    DossierId = table.Column<long>(type: "bigint", nullable: false),
                    OrganisationId = table.Column<int>(type: "int", nullable: false),
                    Subject = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    Question = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TechnicalQuestions", x => x.DossierId);
                    table.ForeignKey(
                        name: "FK_TechnicalQuestions_Dossiers_DossierId",
                        column: x => x.DossierId,
                        principalTable: "Dossiers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AccessoryLines",
                columns: table => new
                {
                    DossierId = table.Column<long>(type: "bigint", nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    OrganisationId = table.Column<int>(type: "int", nullable: false),
                    What = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    PartNumber = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    Quantity = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccessoryLines", x => new { x.DossierId, x.Position });
                    table.ForeignKey(
                        name: "FK_AccessoryLines_MissingAccessories_DossierId",
                        column: x => x.DossierId,
                        principalTable: "MissingAccessories",
                        principalColumn: "DossierId",
                        onDelete: ReferentialAction.Restrict);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AccessoryLines");

            migrationBuilder.DropTable(
                name: "CreditQuestions");

            migrationBuilder.DropTable(
                name: "GeneralQuestions");

            migrationBuilder.DropTable(
                name: "ReturnRequests");

            migrationBuilder.DropTable(
                name: "TechnicalQuestions");

            migrationBuilder.DropTable(
                name: "MissingAccessories");

            migrationBuilder.DropColumn(
                name: "ReturnStatus",
                table: "TimelineEntries");

            migrationBuilder.DropColumn(
                name: "GrmsNumber",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "ReturnRefusedReason",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "ReturnStatus",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "Slot",
                table: "Attachments");
        }
    }
}
