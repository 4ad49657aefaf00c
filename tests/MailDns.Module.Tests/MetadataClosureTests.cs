using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests;

/// <summary>
/// Every reference of every assembly that ships is met, at its exact version, by what ships or by the platform. Windows
/// PowerShell has no binding redirects: a version that is only nearly right fails there, on the user's machine.
/// </summary>
public class MetadataClosureTests
{
    private static readonly Version s_netstandard = new(2, 0, 0, 0);

    public static TheoryData<string> Shipped => [.. Directory.GetFiles(TestPaths.Binaries, "*.dll", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(TestPaths.Binaries, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void References_are_met_exactly(string file)
    {
        string path = Path.Combine(TestPaths.Binaries, file);
        IReadOnlyDictionary<string, Version> present = Present(path);
        var unmet = new List<string>();
        foreach ((string name, Version version) in References(path))
        {
            bool met = present.TryGetValue(name, out Version? found) ? found == version : IsPlatform(path, name, version);
            if (!met)
                unmet.Add($"{name} {version} (ships: {found?.ToString() ?? "nothing"})");
        }

        Assert.Empty(unmet);
    }

    [Fact]
    public void Core_references_the_base_class_library_alone() =>
        Assert.Equal([("netstandard", s_netstandard)], References(Path.Combine(TestPaths.Binaries, "MailDns.Core.dll")));

    [Fact]
    public void Cmdlets_add_the_engine_and_the_core()
    {
        Version core = Identity(Path.Combine(TestPaths.Binaries, "MailDns.Core.dll")).Version;

        Assert.Equal(
            [("MailDns.Core", core), ("System.Management.Automation", new Version(3, 0, 0, 0)), ("netstandard", s_netstandard)],
            References(Path.Combine(TestPaths.Binaries, "MailDns.dll")));
    }

    [Fact]
    public void Folders_hold_what_they_should()
    {
        string[] top = [.. Directory.GetFiles(TestPaths.Binaries).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        string[] folders = [.. Directory.GetDirectories(Path.Combine(TestPaths.Binaries, "Dependencies")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

        Assert.Equal(["MailDns.Core.dll", "MailDns.dll"], top);
        Assert.Equal(["net472", "net8.0"], folders);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Engine_itself_never_ships(string file) =>
        Assert.NotEqual("System.Management.Automation.dll", Path.GetFileName(file), StringComparer.OrdinalIgnoreCase);

    // An adapter is resolved in its own folder first, then in the one above, then beside the cmdlets.
    private static Dictionary<string, Version> Present(string path)
    {
        var present = new Dictionary<string, Version>(StringComparer.Ordinal);
        foreach (string folder in new[] { TestPaths.Binaries, Path.GetDirectoryName(Path.GetDirectoryName(path))!, Path.GetDirectoryName(path)! })
        {
            foreach (string file in Directory.GetFiles(folder, "*.dll"))
            {
                (string name, Version version) = Identity(file);
                present[name] = version;
            }
        }

        return present;
    }

    private static bool IsPlatform(string path, string name, Version version)
    {
        string folder = Path.GetFileName(Path.GetDirectoryName(path))!;
        return folder switch
        {
            // .NET Framework takes its own assemblies for earlier versions of them, without a redirect.
            "net472" or "Mime" => Framework.Value.TryGetValue(name, out Version? found) && found >= version,
            "net8.0" => version.Major <= 8 && Runtime.Value.Contains(name),
            _ => (name == "netstandard" && version == s_netstandard) || (name == "System.Management.Automation" && version == new Version(3, 0, 0, 0)),
        };
    }

    private static readonly Lazy<HashSet<string>> Runtime = new(() => [.. Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
        .Select(file => Path.GetFileNameWithoutExtension(file))]);

    // .NET Framework 4.7.2 with its facades, as its reference assemblies tell it.
    private static readonly Lazy<Dictionary<string, Version>> Framework = new(() =>
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } own
            ? own
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string folder = Path.Combine(packages, "microsoft.netframework.referenceassemblies.net472", "1.0.3", "build", ".NETFramework", "v4.7.2");
        var assemblies = new Dictionary<string, Version>(StringComparer.Ordinal);
        foreach (string file in Directory.GetFiles(folder, "*.dll", SearchOption.AllDirectories))
        {
            if (TryIdentity(file, out string name, out Version version))
                assemblies[name] = version;
        }

        return assemblies;
    });

    private static (string Name, Version Version) Identity(string path) =>
        TryIdentity(path, out string name, out Version version) ? (name, version) : throw new InvalidDataException(path + " is not an assembly.");

    private static bool TryIdentity(string path, out string name, out Version version)
    {
        name = string.Empty;
        version = new Version();
        using var stream = File.OpenRead(path);
        using var reader = new PEReader(stream);
        if (!reader.HasMetadata)
            return false;
        MetadataReader metadata = reader.GetMetadataReader();
        if (!metadata.IsAssembly)
            return false;
        AssemblyDefinition definition = metadata.GetAssemblyDefinition();
        name = metadata.GetString(definition.Name);
        version = definition.Version;
        return true;
    }

    private static List<(string Name, Version Version)> References(string path)
    {
        using var stream = File.OpenRead(path);
        using var reader = new PEReader(stream);
        MetadataReader metadata = reader.GetMetadataReader();
        return [.. metadata.AssemblyReferences
            .Select(handle => metadata.GetAssemblyReference(handle))
            .Select(reference => (metadata.GetString(reference.Name), reference.Version))
            .OrderBy(reference => reference.Item1, StringComparer.Ordinal)];
    }
}
