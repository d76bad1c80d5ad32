using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AddPortalImports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "EarlierNumber",
                table: "Dossiers",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AwaitedOwners",
                columns: table => new
                {
                    DossierId = table.Column<long>(type: "bigint", nullable: false),
                    OrganisationId = table.Column<int>(type: "int", nullable: false),
                    NormalizedEmail = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AwaitedOwners", x => x.DossierId);
                    table.ForeignKey(
                        name: "FK_AwaitedOwners_Dossiers_DossierId",
                        column: x => x.DossierId,
                        principalTable: "Dossiers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PortalImports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<byte>(type: "tinyint", nullable: false),
                    OwnerId = table.Column<int>(type: "int", nullable: false),
                    FileName = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    Format = table.Column<byte>(type: "tinyint", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    StorageKey = table.Column<string>(type: "nvarchar(38)", maxLength: 38, nullable: true),
                    Phase = table.Column<byte>(type: "tinyint", nullable: false),
                    OrderedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    CheckedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    NewRows = table.Column<int>(type: "int", nullable: false),
                    ChangedRows = table.Column<int>(type: "int", nullable: false),
                    UnchangedRows = table.Column<int>(type: "int", nullable: false),
                    FaultyRows = table.Column<int>(type: "int", nullable: false),
                    WarnedRows = table.Column<int>(type: "int", nullable: false),
                    NewOrganisations = table.Column<int>(type: "int", nullable: false),
                    WrittenLine = table.Column<int>(type: "int", nullable: false),
                    WrittenAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Added = table.Column<int>(type: "int", nullable: false),
                    Changed = table.Column<int>(type: "int", nullable: false),
                    UndoneAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    State = table.Column<byte>(type: "tinyint", nullable: false),
                    Written = table.Column<int>(type: "int", nullable: false),
                    Total = table.Column<int>(type: "int", nullable: true),
                    FinishedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    LeaseOwner = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    LeaseUntil = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PortalImports", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PortalImports_Users_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PortalImportFaults",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    ImportId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Line = table.Column<int>(type: "int", nullable: false),
                    Field = table.Column<byte>(type: "tinyint", nullable: true),
                    Fault = table.Column<byte>(type: "tinyint", nullable: false),
                    Value = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PortalImportFaults", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PortalImportFaults_PortalImports_ImportId",
                        column: x => x.ImportId,
                        principalTable: "PortalImports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PortalImportTraces",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    ImportId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<byte>(type: "tinyint", nullable: false),
                    SubjectId = table.Column<long>(type: "bigint", nullable: false),
                    InvitationId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Value = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PortalImportTraces", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PortalImportTraces_PortalImports_ImportId",
                        column: x => x.ImportId,
                        principalTable: "PortalImports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Dossiers_OrganisationId_EarlierNumber",
                table: "Dossiers",
                columns: new[] { "OrganisationId", "EarlierNumber" },
                filter: "[EarlierNumber] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AwaitedOwners_OrganisationId_NormalizedEmail",
                table: "AwaitedOwners",
                columns: new[] { "OrganisationId", "NormalizedEmail" });

            migrationBuilder.CreateIndex(
                name: "IX_PortalImportFaults_ImportId_Id",
                table: "PortalImportFaults",
                columns: new[] { "ImportId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_PortalImports_CreatedAt",
                table: "PortalImports",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_PortalImports_OwnerId",
                table: "PortalImports",
                column: "OwnerId");

            migrationBuilder.CreateIndex(
                name: "IX_PortalImports_State_OrderedAt",
                table: "PortalImports",
                columns: new[] { "State", "OrderedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PortalImports_StorageKey",
                table: "PortalImports",
                column: "StorageKey");

            migrationBuilder.CreateIndex(
                name: "IX_PortalImportTraces_ImportId_Kind_SubjectId",
                table: "PortalImportTraces",
                columns: new[] { "ImportId", "Kind", "SubjectId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AwaitedOwners");

            migrationBuilder.DropTable(
                name: "PortalImportFaults");

            migrationBuilder.DropTable(
                name: "PortalImportTraces");

            migrationBuilder.DropTable(
                name: "PortalImports");

            migrationBuilder.DropIndex(
                name: "IX_Dossiers_OrganisationId_EarlierNumber",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "EarlierNumber",
                table: "Dossiers");
        }
    }
}
