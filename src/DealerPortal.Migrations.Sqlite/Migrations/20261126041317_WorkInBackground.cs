using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class WorkInBackground : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Attempts",
                table: "ServiceCentreUploads",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "FinishedAt",
                table: "ServiceCentreUploads",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "LeaseOwner",
                table: "ServiceCentreUploads",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "LeaseUntil",
                table: "ServiceCentreUploads",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "OrderedAt",
                table: "ServiceCentreUploads",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "OrderedById",
                table: "ServiceCentreUploads",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<byte>(
                name: "State",
                table: "ServiceCentreUploads",
                type: "INTEGER",
                nullable: false,
                defaultValue: (byte)0);

            migrationBuilder.AddColumn<int>(
                name: "Total",
                table: "ServiceCentreUploads",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Written",
                table: "ServiceCentreUploads",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Attempts",
                table: "CatalogueImports",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Confirmed",
                table: "CatalogueImports",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "FinishedAt",
                table: "CatalogueImports",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "LeaseOwner",
                table: "CatalogueImports",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "LeaseUntil",
                table: "CatalogueImports",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "OrderedAt",
                table: "CatalogueImports",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PreviewedAt",
                table: "CatalogueImports",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<byte>(
                name: "State",
                table: "CatalogueImports",
                type: "INTEGER",
                nullable: false,
                defaultValue: (byte)0);

            migrationBuilder.AddColumn<int>(
                name: "Total",
                table: "CatalogueImports",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Written",
                table: "CatalogueImports",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "WrittenLine",
                table: "CatalogueImports",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "IX_ServiceCentreUploads_OrderedById",
                table: "ServiceCentreUploads",
                column: "OrderedById");

            migrationBuilder.CreateIndex(
                name: "IX_ServiceCentreUploads_State_OrderedAt",
                table: "ServiceCentreUploads",
                columns: new[] { "State", "OrderedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_CatalogueImports_State_OrderedAt",
                table: "CatalogueImports",
                columns: new[] { "State", "OrderedAt" });

            migrationBuilder.AddForeignKey(
                name: "FK_ServiceCentreUploads_Users_OrderedById",
                table: "ServiceCentreUploads",
                column: "OrderedById",
                principalTable: "Users",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_ServiceCentreUploads_Users_OrderedById",
                table: "ServiceCentreUploads");

            migrationBuilder.DropIndex(
                name: "IX_ServiceCentreUploads_OrderedById",
                table: "ServiceCentreUploads");

            migrationBuilder.DropIndex(
                name: "IX_ServiceCentreUploads_State_OrderedAt",
                table: "ServiceCentreUploads");

            migrationBuilder.DropIndex(
                name: "IX_CatalogueImports_State_OrderedAt",
                table: "CatalogueImports");

            migrationBuilder.DropColumn(
                name: "Attempts",
                table: "ServiceCentreUploads");

            migrationBuilder.DropColumn(
                name: "FinishedAt",
                table: "ServiceCentreUploads");

            migrationBuilder.DropColumn(
                name: "LeaseOwner",
                table: "ServiceCentreUploads");

            migrationBuilder.DropColumn(
                name: "LeaseUntil",
                table: "ServiceCentreUploads");

            migrationBuilder.DropColumn(
                name: "OrderedAt",
                table: "ServiceCentreUploads");

            migrationBuilder.DropColumn(
                name: "OrderedById",
                table: "ServiceCentreUploads");

            migrationBuilder.DropColumn(
                name: "State",
                table: "ServiceCentreUploads");

            migrationBuilder.DropColumn(
                name: "Total",
                table: "ServiceCentreUploads");

            migrationBuilder.DropColumn(
                name: "Written",
                table: "ServiceCentreUploads");

            migrationBuilder.DropColumn(
                name: "Attempts",
                table: "CatalogueImports");

            migrationBuilder.DropColumn(
                name: "Confirmed",
                table: "CatalogueImports");

            migrationBuilder.DropColumn(
                name: "FinishedAt",
                table: "CatalogueImports");

            migrationBuilder.DropColumn(
                name: "LeaseOwner",
                table: "CatalogueImports");

            migrationBuilder.DropColumn(
                name: "LeaseUntil",
                table: "CatalogueImports");

            migrationBuilder.DropColumn(
                name: "OrderedAt",
                table: "CatalogueImports");

            migrationBuilder.DropColumn(
                name: "PreviewedAt",
                table: "CatalogueImports");

            migrationBuilder.DropColumn(
                name: "State",
                table: "CatalogueImports");

            migrationBuilder.DropColumn(
                name: "Total",
                table: "CatalogueImports");

            migrationBuilder.DropColumn(
                name: "Written",
                table: "CatalogueImports");

            migrationBuilder.DropColumn(
                name: "WrittenLine",
                table: "CatalogueImports");
        }
    }
}
