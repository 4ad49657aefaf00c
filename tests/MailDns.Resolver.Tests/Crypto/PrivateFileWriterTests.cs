using System;
using System.IO;
using System.Runtime.Versioning;
using MailDns.Crypto;
using MailDns.Dkim.Keys;
using Xunit;

namespace MailDns.Resolver.Tests.Crypto;

[UnsupportedOSPlatform("windows")]
public sealed class PrivateFileWriterTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly IPrivateFileWriter s_writer = new PrivateFileWriter();

    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_is_its_owners_alone()
    {
        string path = Path.Combine(_folder, "a.pem");
        s_writer.Write(path, [1, 2, 3], overwrite: false);
        Assert.Equal(new byte[] { 1, 2, 3 }, File.ReadAllBytes(path));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
        Assert.Equal(new[] { path }, Directory.GetFileSystemEntries(_folder));
    }

    // The mode is watched from outside while the file is written: it never has more than its last mode.
    [Fact]
    public void A_file_is_created_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        string path = Path.Combine(_folder, "a.pem");
        using (FileStream stream = OwnerOnlyFile.Create(path))
        {
            Assert.Equal(0, stream.Length);
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
        }

        Assert.Throws<IOException>(() => OwnerOnlyFile.Create(path));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        string folder = Path.Combine(_folder, "none");
        var error = Assert.Throws<DirectoryNotFoundException>(() => s_writer.Write(Path.Combine(folder, "a.pem"), [1], overwrite: false));
        Assert.Equal("The folder " + folder + " does not exist.", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_file_is_not_replaced()
    {
        string path = Path.Combine(_folder, "a.pem");
        File.WriteAllText(path, "old");
        var error = Assert.Throws<PrivateFileExistsException>(() => s_writer.Write(path, [1], overwrite: false));
        Assert.Equal("The file " + path + " exists already. It may hold a key that is in use; -Force replaces it.", error.Message);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFileSystemEntries(_folder));
    }

    // The one that comes between the look and the move.
    [Fact]
    public void A_file_that_appears_meanwhile_is_not_replaced()
    {
        string path = Path.Combine(_folder, "a.pem");
        string other = Path.Combine(_folder, "b.pem");
        File.WriteAllText(path, "old");
        File.WriteAllText(other, "new");
        Assert.Throws<IOException>(() => OwnerOnlyFile.Move(other, path, overwrite: false));
        Assert.Equal("old", File.ReadAllText(path));
    }

    [Fact]
    public void A_file_is_replaced_where_that_is_asked_for_and_the_old_mode_goes_with_it()
    {
        string path = Path.Combine(_folder, "a.pem");
        File.WriteAllText(path, "old and longer");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        s_writer.Write(path, [1, 2], overwrite: true);
        Assert.Equal(new byte[] { 1, 2 }, File.ReadAllBytes(path));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
        Assert.Single(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_link_is_replaced_and_its_target_left_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        string target = Path.Combine(_folder, "target");
        string path = Path.Combine(_folder, "a.pem");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(path, target);
        Assert.Throws<PrivateFileExistsException>(() => s_writer.Write(path, [1], overwrite: false));
        s_writer.Write(path, [1, 2], overwrite: true);
        Assert.Equal("old", File.ReadAllText(target));
        Assert.Null(new FileInfo(path).LinkTarget);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_folder_in_the_way_leaves_nothing_behind()
    {
        string path = Path.Combine(_folder, "a.pem");
        Directory.CreateDirectory(path);
        Assert.ThrowsAny<Exception>(() => s_writer.Write(path, [1], overwrite: true));
        Assert.Equal(new[] { path }, Directory.GetFileSystemEntries(_folder));
        Assert.Empty(Directory.GetFileSystemEntries(path));
    }

    [Fact]
    public void A_folder_that_is_missing_is_an_error()
    {
        string path = Path.Combine(_folder, "none", "a.pem");
        Assert.Throws<DirectoryNotFoundException>(() => s_writer.Write(path, [1], overwrite: false));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }
}
