using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DealerPortal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddQueue : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "AssigneeId",
                table: "TimelineEntries",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "AssigneeId",
                table: "Dossiers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "DueAt",
                table: "Dossiers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<byte>(
                name: "WaitingOn",
                table: "Dossiers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "BulkRuns",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ById = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Kind = table.Column<byte>(type: "INTEGER", nullable: false),
                    Results = table.Column<string>(type: "TEXT", maxLength: 3600, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BulkRuns", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BulkRuns_Users_ById",
                        column: x => x.ById,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Exports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    RequestedById = table.Column<int>(type: "INTEGER", nullable: false),
                    RequestedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    OrganisationId = table.Column<int>(type: "INTEGER", nullable: true),
                    SeesWholeOrganisation = table.Column<bool>(type: "INTEGER", nullable: false),
                    Format = table.Column<byte>(type: "INTEGER", nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    Filter = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    State = table.Column<byte>(type: "INTEGER", nullable: false),
                    Written = table.Column<int>(type: "INTEGER", nullable: false),
                    Total = table.Column<int>(type: "INTEGER", nullable: true),
                    FinishedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    StorageKey = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Length = table.Column<long>(type: "INTEGER", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    LeaseOwner = table.Column<Guid>(type: "TEXT", nullable: true),
                    LeaseUntil = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Exports", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Exports_Organisations_OrganisationId",
                        column: x => x.OrganisationId,
                        principalTable: "Organisations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Exports_Users_RequestedById",
                        column: x => x.RequestedById,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "QueueViews",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    OwnerId = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Query = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QueueViews", x => x.Id);
                    table.ForeignKey(
                        name: "FK_QueueViews_Users_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            // What is open waits on somebody from now on; promises that nobody made are taken to be of three days.
            migrationBuilder.Sql("UPDATE Dossiers SET WaitingOn = CASE Status WHEN 3 THEN 2 WHEN 4 THEN 3 ELSE 1 END WHERE IsOpen = 1;");
            migrationBuilder.Sql("UPDATE Dossiers SET DueAt = strftime('%Y-%m-%d %H:%M:%S', StatusSince, '+3 days') WHERE WaitingOn = 1;");

            migrationBuilder.CreateIndex(
                name: "IX_TimelineEntries_AssigneeId",
                table: "TimelineEntries",
                column: "AssigneeId");

            migrationBuilder.CreateIndex(
                name: "IX_Dossiers_AssigneeId_WaitingOn_CreatedAt",
                table: "Dossiers",
                columns: new[] { "AssigneeId", "WaitingOn", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Dossiers_AssigneeId_WaitingOn_DueAt",
                table: "Dossiers",
                columns: new[] { "AssigneeId", "WaitingOn", "DueAt" },
                filter: "[WaitingOn] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Dossiers_Type_CreatedAt",
                table: "Dossiers",
                columns: new[] { "Type", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Dossiers_Type_WaitingOn_DueAt",
                table: "Dossiers",
                columns: new[] { "Type", "WaitingOn", "DueAt" },
                filter: "[WaitingOn] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Dossiers_UpdatedAt",
                table: "Dossiers",
                column: "UpdatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Dossiers_WaitingOn_CreatedAt",
                table: "Dossiers",
                columns: new[] { "WaitingOn", "CreatedAt" },
                filter: "[WaitingOn] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Dossiers_WaitingOn_DueAt",
                table: "Dossiers",
                columns: new[] { "WaitingOn", "DueAt" },
                filter: "[WaitingOn] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Dossiers_WaitingOn_UpdatedAt",
                table: "Dossiers",
                columns: new[] { "WaitingOn", "UpdatedAt" },
                filter: "[WaitingOn] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_BulkRuns_At",
                table: "BulkRuns",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_BulkRuns_ById",
                table: "BulkRuns",
                column: "ById");

            migrationBuilder.CreateIndex(
                name: "IX_Exports_OrganisationId",
                table: "Exports",
                column: "OrganisationId");

            migrationBuilder.CreateIndex(
                name: "IX_Exports_RequestedById_RequestedAt",
                table: "Exports",
                columns: new[] { "RequestedById", "RequestedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Exports_State_RequestedAt",
                table: "Exports",
                columns: new[] { "State", "RequestedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Exports_StorageKey",
                table: "Exports",
                column: "StorageKey");

            migrationBuilder.CreateIndex(
                name: "IX_QueueViews_OwnerId_Name",
                table: "QueueViews",
                columns: new[] { "OwnerId", "Name" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_Dossiers_Users_AssigneeId",
                table: "Dossiers",
                column: "AssigneeId",
                principalTable: "Users",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_TimelineEntries_Users_AssigneeId",
                table: "TimelineEntries",
                column: "AssigneeId",
                principalTable: "Users",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Dossiers_Users_AssigneeId",
                table: "Dossiers");

            migrationBuilder.DropForeignKey(
                name: "FK_TimelineEntries_Users_AssigneeId",
                table: "TimelineEntries");

            migrationBuilder.DropTable(
                name: "BulkRuns");

            migrationBuilder.DropTable(
                name: "Exports");

            migrationBuilder.DropTable(
                name: "QueueViews");

            migrationBuilder.DropIndex(
                name: "IX_TimelineEntries_AssigneeId",
                table: "TimelineEntries");

            migrationBuilder.DropIndex(
                name: "IX_Dossiers_AssigneeId_WaitingOn_CreatedAt",
                table: "Dossiers");

            migrationBuilder.DropIndex(
                name: "IX_Dossiers_AssigneeId_WaitingOn_DueAt",
                table: "Dossiers");

            migrationBuilder.DropIndex(
                name: "IX_Dossiers_Type_CreatedAt",
                table: "Dossiers");

            migrationBuilder.DropIndex(
                name: "IX_Dossiers_Type_WaitingOn_DueAt",
                table: "Dossiers");

            migrationBuilder.DropIndex(
                name: "IX_Dossiers_UpdatedAt",
                table: "Dossiers");

            migrationBuilder.DropIndex(
                name: "IX_Dossiers_WaitingOn_CreatedAt",
                table: "Dossiers");

            migrationBuilder.DropIndex(
                name: "IX_Dossiers_WaitingOn_DueAt",
                table: "Dossiers");

            migrationBuilder.DropIndex(
                name: "IX_Dossiers_WaitingOn_UpdatedAt",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "AssigneeId",
                table: "TimelineEntries");

            migrationBuilder.DropColumn(
                name: "AssigneeId",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "DueAt",
                table: "Dossiers");

            migrationBuilder.DropColumn(
                name: "WaitingOn",
                table: "Dossiers");
        }
    }
}
