using System;
using System.Collections.Generic;
using System.IO;

namespace MailDns.Shell;

/// <summary>Finds the module manifest on disk.</summary>
internal static class ModuleLocator
{
    private const string ManifestName = "MailDns.psd1";

    /// <summary>Looks for the manifest in the shell's own folder and those above it, then from the current folder up.</summary>
    /// <returns>The full path, or null.</returns>
    public static string? FindManifest()
    {
        foreach (string start in (IEnumerable<string>)[AppContext.BaseDirectory, Environment.CurrentDirectory])
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                string candidate = Path.Combine(folder.FullName, ManifestName);
                if (File.Exists(candidate))
                    return candidate;
            }
        }

        return null;
    }

    /// <summary>Turns what the user typed into the file to import.</summary>
    /// <exception cref="UsageException">There is no such file, or the folder holds no single manifest.</exception>
    public static string Resolve(string path)
    {
        if (File.Exists(path))
            return Path.GetFullPath(path);
        if (!Directory.Exists(path))
            throw new UsageException($"there is no module '{path}'");
        string[] manifests = Directory.GetFiles(path, "*.psd1");
        return manifests.Length == 1
            ? Path.GetFullPath(manifests[0])
            : throw new UsageException($"the folder '{path}' does not hold exactly one .psd1");
    }
}
