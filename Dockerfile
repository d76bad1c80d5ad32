# syntax=docker/dockerfile:1
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH=amd64
WORKDIR /source
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# Packages first: this layer changes only when they do.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Directory.Build.props src/
COPY src/DealerPortal.Core/*.csproj src/DealerPortal.Core/packages.lock.json src/DealerPortal.Core/
COPY src/DealerPortal.Migrations.Sqlite/*.csproj src/DealerPortal.Migrations.Sqlite/packages.lock.json src/DealerPortal.Migrations.Sqlite/
COPY src/DealerPortal.Migrations.SqlServer/*.csproj src/DealerPortal.Migrations.SqlServer/packages.lock.json src/DealerPortal.Migrations.SqlServer/
COPY src/DealerPortal.Web/*.csproj src/DealerPortal.Web/packages.lock.json src/DealerPortal.Web/
RUN dotnet restore src/DealerPortal.Web --locked-mode -r linux-$([ "$TARGETARCH" = amd64 ] && echo x64 || echo "$TARGETARCH") -p:PublishReadyToRun=true

COPY .editorconfig ./
COPY src/ src/
RUN dotnet publish src/DealerPortal.Web --no-restore -c Release -o /app \
    -r linux-$([ "$TARGETARCH" = amd64 ] && echo x64 || echo "$TARGETARCH") --self-contained false -p:PublishReadyToRun=true

# The Debian image brings ICU and time zones; the smaller ones do not, and four languages need them.
FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
# Files and mails of the default settings lie under /app/var; the rest of the image stays read-only.
RUN mkdir -p var && chown "$APP_UID" var
ENV ASPNETCORE_HTTP_PORTS=8080 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false
USER $APP_UID
VOLUME /app/var
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["dotnet", "DealerPortal.Web.dll", "check-health"]
ENTRYPOINT ["dotnet", "DealerPortal.Web.dll"]
