using System;
using System.IO;

namespace MailDns.Module.Tests.Engine;

/// <summary>Where things lie. <c>MAILDNS_TEST_MODULE</c> names another manifest, so that the same tests run on a package.</summary>
internal static class TestPaths
{
    public static string Root { get; } = FindRoot();

    public static string Manifest { get; } = Environment.GetEnvironmentVariable("MAILDNS_TEST_MODULE") is { Length: > 0 } path
        ? Path.GetFullPath(path)
        : Path.Combine(Root, "MailDns.psd1");

    /// <summary>The line that imports the module that is under test.</summary>
    public static string Import { get; } = "Import-Module '" + Manifest.Replace("'", "''", StringComparison.Ordinal) + "'\n";

    /// <summary>The folder of the module that is under test.</summary>
    public static string ModuleBase { get; } = Path.GetDirectoryName(Manifest)!;

    public static string Binaries { get; } = Path.Combine(ModuleBase, "module", "bin");

    public static string Stub(string folder, string file) => Path.Combine(Root, "tests", "Stubs", folder, file);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MailDns.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("The tests do not run below the repository.");
    }
}
