using System.Collections;
using System.IO;
using MailDns.Adapters;
using MailDns.Sending;
using MailDns.Text;

namespace MailDns;

/// <summary>Reads provider profiles: the shipped ones once, a user's own each time it is named.</summary>
internal static class ProviderFiles
{
    /// <summary>Largest file that is read; a profile has a few kilobytes.</summary>
    private const long MaxBytes = 1 << 20;
    private const string RecognitionFile = "recognition.json";
    private static readonly Lazy<SendingProviderCatalog> s_shipped = new(LoadShipped);
    private static readonly Lazy<ProviderIndex> s_index = new(() => new ProviderIndex(Shipped));

    /// <summary>What the shipped platforms are known by.</summary>
    public static ProviderIndex Index => s_index.Value;

    /// <summary>The same with profiles that the user named, which come first; no platform where a shipped profile is broken.</summary>
    public static ProviderIndex IndexWith(IReadOnlyCollection<SendingProvider> named)
    {
        bool isWhole = ShippedOrNone.Count > 0;
        return isWhole && named.All(IsShipped) ? Index : new ProviderIndex(isWhole ? Shipped : new SendingProviderCatalog(Array.Empty<SendingProvider>()), named);
    }

    /// <summary>The profiles in module/providers.</summary>
    /// <exception cref="JsonTextException">One of them is broken.</exception>
    public static SendingProviderCatalog Shipped => s_shipped.Value;

    /// <summary>The same for completion: none where one is broken, which the cmdlet tells and not the Tab key.</summary>
    public static IReadOnlyList<SendingProvider> ShippedOrNone
    {
        get
        {
            try
            {
                return Shipped.All;
            }
            catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException or InvalidOperationException)
            {
                return Array.Empty<SendingProvider>();
            }
        }
    }

    /// <summary>The profile of a name, or of a path as PowerShell understands it.</summary>
    /// <exception cref="JsonTextException">The file is no profile; says line, column and property.</exception>
    /// <exception cref="ArgumentException">No profile has that name, or the path is no file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SendingProvider Load(PSCmdlet cmdlet, string nameOrPath)
    {
        if (!SendingProviderCatalog.IsPath(nameOrPath)) return Shipped.Get(nameOrPath);

        string path = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(nameOrPath, out ProviderInfo provider, out _);
        return string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase)
            ? Read(path)
            : throw new ArgumentException("-Provider " + PrintableText.Quote(nameOrPath) + " is not a file.");
    }

    /// <summary>The profile that a cmdlet's parameter names, null where it names none; a wrong name or a broken file ends the cmdlet.</summary>
    public static SendingProvider? LoadOrStop(PSCmdlet cmdlet, string? nameOrPath)
    {
        try
        {
            return nameOrPath is null ? null : Load(cmdlet, nameOrPath);
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.From(exception, nameOrPath));
            throw;
        }
    }

    /// <summary>True for one of the profiles in module/providers.</summary>
    public static bool IsShipped(SendingProvider provider) => Shipped.All.Contains(provider);

    /// <summary>True for what a wrong name, file or value throws: told as an error, and the rest goes on.</summary>
    public static bool IsExpected(Exception exception) =>
        exception is FormatException or ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException or SessionStateException;

    /// <summary>The profile or the template in a file.</summary>
    public static SendingProvider Read(string path) => Read(path, orNone: false)!;

    /// <summary>The same; null for a file that is meant as something else.</summary>
    public static SendingProvider? ReadIfProvider(string path) => Read(path, orNone: true);

    private static SendingProvider? Read(string path, bool orNone)
    {
        string text = BoundedFile.ReadText(path, MaxBytes, "1 MB, which no profile or template is");

        // Templates are other people's files: what most readers accept is accepted, a member that is named twice among it.
        JsonValue root = AdapterFactory.Json.Read(text, path, lastWins: true);
        return DomainConnectReader.IsTemplate(root) ? DomainConnectProvider.Describe(DomainConnectReader.Read(root, path))
            : orNone && (root.Find("id") is null || root.Find("records") is null) ? null
            : SendingProviderReader.Read(AdapterFactory.Json.Read(text, path), path);
    }

    private static SendingProviderCatalog LoadShipped()
    {
        string bin = Path.GetDirectoryName(typeof(ProviderFiles).Assembly.Location)!;
        string folder = Path.Combine(Path.GetDirectoryName(bin)!, "providers");
        IEnumerable<string> files = Directory.GetFiles(folder, "*.json").Where(file => !file.EndsWith(".schema.json", StringComparison.OrdinalIgnoreCase) && !file.EndsWith(RecognitionFile, StringComparison.OrdinalIgnoreCase));
        string list = Path.Combine(folder, RecognitionFile);
        return new SendingProviderCatalog(
            files.Select(file => SendingProviderReader.Read(Json(file), file)),
            SendingProviderReader.ReadRecognised(Json(list), list));

        static JsonValue Json(string file) => AdapterFactory.Json.Read(BoundedFile.ReadText(file, MaxBytes, "1 MB, which no profile or template is"), file);
    }
}

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

/// <summary>Reads -ProviderValue: a hashtable of values by placeholder.</summary>
internal static class ProviderValues
{
    /// <summary>The values as text; none for null.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(IDictionary? values) =>
        values is null
            ? System.Array.Empty<KeyValuePair<string, string>>()
            : values.Cast<DictionaryEntry>().Select(entry => new KeyValuePair<string, string>(Text(entry.Key), Text(entry.Value))).ToArray();

    /// <summary>The same, and values that came by properties of an object, where a profile takes them and none was given.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(IDictionary? values, IReadOnlyList<SendingProvider> providers, params (string Name, string? Value)[] properties)
    {
        var all = new List<KeyValuePair<string, string>>(Read(values));
        foreach ((string name, string? value) in properties)
        {
            if (!string.IsNullOrEmpty(value) && !all.Any(item => string.Equals(item.Key, name, StringComparison.OrdinalIgnoreCase)) && providers.Any(provider => provider.FindParameter(name) is not null))
                all.Add(new KeyValuePair<string, string>(name, value!.TrimEnd('.')));
        }

        return all;
    }

    private static string Text(object? value) => value is null ? string.Empty : LanguagePrimitives.ConvertTo<string>(value) ?? string.Empty;
}
