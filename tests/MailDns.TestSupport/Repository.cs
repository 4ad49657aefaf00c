namespace MailDns.TestSupport;

/// <summary>Where the repository is, found upwards from the tests' own folder.</summary>
public static class Repository
{
    /// <summary>The folder of MailDns.sln.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The whole path of a file or folder of the suites in ../shared; null where they are not present.</summary>
    public static string? Shared(params string[] parts)
    {
        string path = Path.Combine([Path.GetDirectoryName(Root)!, "shared", .. parts]);
        return File.Exists(path) || Directory.Exists(path) ? path : null;
    }

    private static string Find(string start)
    {
        for (DirectoryInfo? folder = new(start); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MailDns.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("MailDns.sln was not found above " + start);
    }
}
