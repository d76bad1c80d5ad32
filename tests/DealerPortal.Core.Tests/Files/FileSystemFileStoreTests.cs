using System.Text;
using DealerPortal.Core.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace DealerPortal.Core.Tests.Files;

public sealed class FileSystemFileStoreTests : IDisposable
{
    private readonly string root = Path.Combine(Directory.CreateTempSubdirectory("files-").FullName, "store");
    private readonly FileSystemFileStore store;

    public FileSystemFileStoreTests() => store = new FileSystemFileStore(new FileSystemFileStoreOptions { Path = root });

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(root)!, recursive: true);

    [Fact]
    public void New_IsAValidKeyAndNeverTheSame()
    {
        var keys = Enumerable.Range(0, 1000).Select(_ => FileKeys.New()).ToHashSet();

        Assert.Equal(1000, keys.Count);
        Assert.All(keys, key => Assert.Matches("^([0-9a-f]{2})/([0-9a-f]{2})/\\1\\2[0-9a-f]{28}$", key));
        Assert.All(keys, key => Assert.True(FileKeys.IsValid(key)));
    }

    [Fact]
    public async Task Write_ThenOpen_GivesTheBytesBack()
    {
        var key = FileKeys.New();
        var bytes = new byte[300_000];
        Random.Shared.NextBytes(bytes);

        await store.WriteAsync(key, new MemoryStream(bytes), CancellationToken.None);

        await using var stream = await store.OpenAsync(key, CancellationToken.None);
        Assert.NotNull(stream);
        Assert.True(stream.CanSeek);
        Assert.Equal(bytes.Length, stream.Length);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        Assert.Equal(bytes, copy.ToArray());
    }

    [Fact]
    public async Task Open_WhenThereIsNothing_ReturnsNull()
    {
        Assert.Null(await store.OpenAsync(FileKeys.New(), CancellationToken.None));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Delete_SaysWhetherThereWasSomething()
    {
        var key = await WriteAsync("demo");

        Assert.True(await store.DeleteAsync(key, CancellationToken.None));
        Assert.False(await store.DeleteAsync(key, CancellationToken.None));
        Assert.False(await store.DeleteAsync(FileKeys.New(), CancellationToken.None));
        Assert.Null(await store.OpenAsync(key, CancellationToken.None));
    }

    [Fact]
    public async Task Delete_WhileReading_LetsTheReaderFinish()
    {
        var key = await WriteAsync("demo");
        await using var stream = await store.OpenAsync(key, CancellationToken.None);

        await store.DeleteAsync(key, CancellationToken.None);

        using var reader = new StreamReader(stream!);
        Assert.Equal("demo", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task List_ReportsKeysLengthsAndTimes()
    {
        var keys = new[] { await WriteAsync("a"), await WriteAsync("bb"), await WriteAsync("ccc") };
        var day = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Path.Combine(root, keys[0]), day);

        var objects = await ListAsync();

        Assert.Equal(keys.Order(), objects.Select(o => o.Key).Order());
        Assert.Equal([1L, 2L, 3L], objects.Select(o => o.Length).Order());
        var first = objects.Single(o => o.Key == keys[0]);
        Assert.Equal(day, first.LastWriteUtc);
        Assert.Equal(DateTimeKind.Utc, first.LastWriteUtc.Kind);
    }

    [Fact]
    public async Task List_WhenACrashLeftATemporaryFile_ReportsItSoThatItCanBeDeleted()
    {
        var key = await WriteAsync("whole");
        var left = $"{key}.0123abcd.tmp";
        await File.WriteAllTextAsync(Path.Combine(root, left), "ha");

        Assert.Equal([key, left], (await ListAsync()).Select(o => o.Key).Order());
        Assert.True(await store.DeleteAsync(left, CancellationToken.None));
        Assert.Equal([key], (await ListAsync()).Select(o => o.Key));
    }

    [Fact]
    public async Task List_LeavesForeignFilesOut()
    {
        var key = await WriteAsync("demo");
        await File.WriteAllTextAsync(Path.Combine(root, "README"), "not ours");
        await File.WriteAllTextAsync(Path.Combine(root, key[..5], "note.tmp"), "not ours");

        Assert.Equal([key], (await ListAsync()).Select(o => o.Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("ab/cd/../../../../etc/passwd0000000000")]
    [InlineData("/etc/passwd")]
    [InlineData("ab/cd/abcd0123456789abcdef0123456789AB")]
    [InlineData("ab/cd/ffff0123456789abcdef0123456789ab")]
    [InlineData("ab/cd/abcd0123456789abcdef0123456789a")]
    [InlineData("ab/cd/abcd0123456789abcdef0123456789abc")]
    [InlineData("ab\\cd\\abcd0123456789abcdef0123456789ab")]
    [InlineData("ab/cd/abcd0123456789abcdef0123456789ab\n")]
    [InlineData("ab/cd/abcd0123456789abcdef0123456789ab.0123abcd.tmp/x")]
    [InlineData("ab/cd/abcd0123456789abcdef0123456789ab./../abc.tmp")]
    public async Task AnyCall_WhenTheKeyIsMalformed_Throws(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => store.WriteAsync(key, new MemoryStream(), CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => store.OpenAsync(key, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => store.DeleteAsync(key, CancellationToken.None));
        Assert.False(FileKeys.IsValid(key));
        Assert.False(Directory.Exists(root));
    }

    [Fact]
    public async Task Write_WhenTheKeyIsTaken_KeepsTheFirstObjectAndLeavesNothingBehind()
    {
        var key = await WriteAsync("first");

        await Assert.ThrowsAnyAsync<IOException>(() => store.WriteAsync(key, Text("second"), CancellationToken.None));

        Assert.Equal("first", await ReadAsync(key));
        Assert.Single(await ListAsync());
    }

    [Fact]
    public async Task Write_WhenManyWriteTheSameKeyAtOnce_OneWinsWhole()
    {
        var key = FileKeys.New();
        var writers = Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            try
            {
                await store.WriteAsync(key, Text(new string((char)('a' + i), 100_000)), CancellationToken.None);
                return 1;
            }
            catch (IOException)
            {
                return 0;
            }
        }));

        Assert.Equal(1, (await Task.WhenAll(writers)).Sum());
        var text = await ReadAsync(key);
        Assert.Equal(100_000, text.Length);
        Assert.Single(text.Distinct());
        Assert.Single(await ListAsync());
    }

    [Fact]
    public async Task Write_WhenManyWriteAtOnce_KeepsThemAll()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => WriteAsync($"demo {i}"))));

        for (var i = 0; i < keys.Length; i++)
            Assert.Equal($"demo {i}", await ReadAsync(keys[i]));
        Assert.Equal(100, (await ListAsync()).Count);
    }

    [Fact]
    public async Task Write_WhenTheSourceFails_LeavesNothingBehind()
    {
        var key = FileKeys.New();

        await Assert.ThrowsAsync<IOException>(() => store.WriteAsync(key, new FailingStream(), CancellationToken.None));

        Assert.Null(await store.OpenAsync(key, CancellationToken.None));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task AddPortalFiles_KeepsFilesUnderTheContentRootUnlessToldOtherwise()
    {
        foreach (var (setting, expected) in new[] { (null, Path.Combine(root, "var", "files")), ("else/where", Path.Combine(root, "else", "where")) })
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Files:Path", setting)]).Build();
            await using var provider = new ServiceCollection()
                .AddSingleton<IHostEnvironment>(new DemoEnvironment { ContentRootPath = root })
                .AddPortalFiles(configuration)
                .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
            var key = FileKeys.New();

            await provider.GetRequiredService<IFileStore>().WriteAsync(key, Text("demo"), CancellationToken.None);

            Assert.True(File.Exists(Path.Combine(expected, key)));
            Assert.Same(provider.GetRequiredService<FileIntake>(), provider.GetRequiredService<FileIntake>());
        }
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private async Task<string> WriteAsync(string text)
    {
        var key = FileKeys.New();
        await store.WriteAsync(key, Text(text), CancellationToken.None);
        return key;
    }

    private async Task<string> ReadAsync(string key)
    {
        await using var stream = await store.OpenAsync(key, CancellationToken.None);
        using var reader = new StreamReader(stream!);
        return await reader.ReadToEndAsync();
    }

    private async Task<List<StoredObject>> ListAsync() => await store.ListAsync(CancellationToken.None).ToListAsync();

    private sealed class FailingStream : MemoryStream
    {
        public FailingStream() => SetLength(10);

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            destination.WriteByte(1);
            throw new IOException("The connection broke.");
        }
    }

    private sealed class DemoEnvironment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Test";
        public string ApplicationName { get; set; } = "Demo";
        public required string ContentRootPath { get; set; }
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
