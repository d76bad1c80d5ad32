using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddCredits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "CreditColumnNames",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Field = table.Column<byte>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CreditColumnNames", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "CreditImports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    OwnerId = table.Column<int>(type: "INTEGER", nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Format = table.Column<byte>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    StorageKey = table.Column<string>(type: "TEXT", maxLength: 38, nullable: true),
                    Phase = table.Column<byte>(type: "INTEGER", nullable: false),
                    Mapping = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    OrderedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    CheckedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    NewRows = table.Column<int>(type: "INTEGER", nullable: false),
                    ChangedRows = table.Column<int>(type: "INTEGER", nullable: false),
                    UnchangedRows = table.Column<int>(type: "INTEGER", nullable: false),
                    FaultyRows = table.Column<int>(type: "INTEGER", nullable: false),
                    UnownedRows = table.Column<int>(type: "INTEGER", nullable: false),
                    WrittenLine = table.Column<int>(type: "INTEGER", nullable: false),
                    WrittenAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Added = table.Column<int>(type: "INTEGER", nullable: false),
                    Changed = table.Column<int>(type: "INTEGER", nullable: false),
                    UndoneAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    State = table.Column<byte>(type: "INTEGER", nullable: false),
                    Written = table.Column<int>(type: "INTEGER", nullable: false),
                    Total = table.Column<int>(type: "INTEGER", nullable: true),
                    FinishedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    LeaseOwner = table.Column<Guid>(type: "TEXT", nullable: true),
                    LeaseUntil = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CreditImports", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CreditImports_Users_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Credits",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    GrmsNumber = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    CustomerNumber = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    OrganisationId = table.Column<int>(type: "INTEGER", nullable: true),
                    Kind = table.Column<byte>(type: "INTEGER", nullable: false),
                    State = table.Column<byte>(type: "INTEGER", nullable: false),
                    ModelCode = table.Column<string>(type: "TEXT", maxLength: 48, nullable: true),
                    SerialNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Imei = table.Column<string>(type: "TEXT", maxLength: 15, nullable: true),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    ReferenceKey = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    Beneficiary = table.Column<byte>(type: "INTEGER", nullable: false),
                    BeneficiaryName = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    InvoiceNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    InvoiceDate = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    AmountCents = table.Column<long>(type: "INTEGER", nullable: false),
                    ValueCents = table.Column<long>(type: "INTEGER", nullable: true),
                    Depreciation = table.Column<decimal>(type: "TEXT", precision: 5, scale: 2, nullable: true),
                    RequestedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    DossierNumber = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    DossierId = table.Column<long>(type: "INTEGER", nullable: true),
                    DueSince = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ToldAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ImportId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ChangedById = table.Column<Guid>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ChangedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Stamp = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Credits", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Credits_Dossiers_DossierId",
                        column: x => x.DossierId,
                        principalTable: "Dossiers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Credits_Organisations_OrganisationId",
                        column: x => x.OrganisationId,
                        principalTable: "Organisations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CreditImportFaults",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ImportId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Line = table.Column<int>(type: "INTEGER", nullable: false),
                    Field = table.Column<byte>(type: "INTEGER", nullable: true),
                    Fault = table.Column<byte>(type: "INTEGER", nullable: false),
                    Value = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CreditImportFaults", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CreditImportFaults_CreditImports_ImportId",
                        column: x => x.ImportId,
                        principalTable: "CreditImports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CreditRevisions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CreditId = table.Column<long>(type: "INTEGER", nullable: false),
                    ImportId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ChangedById = table.Column<Guid>(type: "TEXT", nullable: true),
                    Before = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CreditRevisions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CreditRevisions_Credits_CreditId",
                        column: x => x.CreditId,
                        principalTable: "Credits",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_CreditImportFaults_ImportId_Id",
                table: "CreditImportFaults",
                columns: new[] { "ImportId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_CreditImports_CreatedAt",
                table: "CreditImports",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_CreditImports_OwnerId",
                table: "CreditImports",
                column: "OwnerId");

            migrationBuilder.CreateIndex(
                name: "IX_CreditImports_State_OrderedAt",
                table: "CreditImports",
                columns: new[] { "State", "OrderedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_CreditImports_StorageKey",
                table: "CreditImports",
                column: "StorageKey");

            migrationBuilder.CreateIndex(
                name: "IX_CreditRevisions_CreditId",
                table: "CreditRevisions",
                column: "CreditId");

            migrationBuilder.CreateIndex(
                name: "IX_CreditRevisions_ImportId_Id",
                table: "CreditRevisions",
                columns: new[] { "ImportId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Credits_CustomerNumber",
                table: "Credits",
                column: "CustomerNumber");

            migrationBuilder.CreateIndex(
                name: "IX_Credits_DossierId",
                table: "Credits",
                column: "DossierId");

            migrationBuilder.CreateIndex(
                name: "IX_Credits_DueSince",
                table: "Credits",
                column: "DueSince",
                filter: "[DueSince] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Credits_GrmsNumber",
                table: "Credits",
                column: "GrmsNumber",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Credits_ImportId",
                table: "Credits",
                column: "ImportId");

            migrationBuilder.CreateIndex(
                name: "IX_Credits_ModelCode",
                table: "Credits",
                column: "ModelCode");

            migrationBuilder.CreateIndex(
                name: "IX_Credits_OrganisationId_RequestedOn_Id",
                table: "Credits",
                columns: new[] { "OrganisationId", "RequestedOn", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Credits_ReferenceKey",
                table: "Credits",
                column: "ReferenceKey");

            migrationBuilder.CreateIndex(
                name: "IX_Credits_RequestedOn_Id",
                table: "Credits",
                columns: new[] { "RequestedOn", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Credits_SerialNumber",
                table: "Credits",
                column: "SerialNumber");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CreditColumnNames");

            migrationBuilder.DropTable(
                name: "CreditImportFaults");

            migrationBuilder.DropTable(
                name: "CreditRevisions");

            migrationBuilder.DropTable(
                name: "CreditImports");

            migrationBuilder.DropTable(
                name: "Credits");
        }
    }
}
