namespace MailDns;

/// <summary>The profiles that one cmdlet uses, each read once: by -Provider, or by the Provider of every object of the pipeline.</summary>
internal sealed class ProviderCache
{
    private readonly Dictionary<string, SendingProvider> _loaded = new(StringComparer.Ordinal);

    /// <summary>The profile of a name or path.</summary>
    /// <exception cref="ArgumentException">No profile has that name, or the path is not a file.</exception>
    /// <exception cref="JsonTextException">The file is broken.</exception>
    public SendingProvider Load(PSCmdlet cmdlet, string nameOrPath)
    {
        if (!_loaded.TryGetValue(nameOrPath, out SendingProvider? provider))
        {
            provider = ProviderFiles.Load(cmdlet, nameOrPath);
            _loaded.Add(nameOrPath, provider);
        }

        return provider;
    }

    /// <summary>The profiles of the names, each once; in a CSV several names stand in one field, separated by commas or semicolons.</summary>
    public SendingProvider[] LoadAll(PSCmdlet cmdlet, IEnumerable<string>? names) =>
        (names ?? Array.Empty<string>())
            .SelectMany(Names)
            .Select(name => name.Trim())
            .Where(name => name.Length > 0)
            .Select(name => Load(cmdlet, name))
            .Distinct()
            .ToArray();

    // A path may have a comma of its own.
    private static string[] Names(string text)
    {
        string[] names = text.Split(',', ';');
        return SendingProviderCatalog.IsPath(text) && !names.All(name => name.Trim().EndsWith(".json", StringComparison.OrdinalIgnoreCase)) ? new[] { text } : names;
    }

    /// <summary>The same; a wrong name or a broken file ends the cmdlet.</summary>
    public void LoadOrStop(PSCmdlet cmdlet, params string[]? names)
    {
        string current = string.Empty;
        try
        {
            foreach (string name in names ?? Array.Empty<string>())
            {
                current = name;
                _ = LoadAll(cmdlet, new[] { name });
            }
        }
        catch (Exception exception) when (ProviderFiles.IsExpected(exception))
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.From(exception, current));
        }
    }
}
