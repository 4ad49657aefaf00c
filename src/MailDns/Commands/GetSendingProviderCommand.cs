using System.IO;
using MailDns.Adapters;

namespace MailDns.Commands;

/// <summary>Lists the profiles of mail platforms: which records each asks a sending domain for.</summary>
/// <remarks>
/// Without parameters it lists the shipped profiles. With a name, an alias or a pattern it lists those that match. With -Path it
/// reads profiles and Domain Connect templates of your own, from files and folders, and says what is wrong with a file by line,
/// column and property. Parameters has the values that are needed, each with the place where it is used; Groups has the records
/// that are made together, and which of them exclude each other.
/// </remarks>
/// <example>
/// <code>Get-SendingProvider</code>
/// <para>All shipped profiles.</para>
/// </example>
/// <example>
/// <code>(Get-SendingProvider altcraft).Records | Format-Table Role, Host, RecordType, Content</code>
/// <para>What Altcraft asks for.</para>
/// </example>
/// <example>
/// <code>Get-SendingProvider -Path . | Where-Object Id -Like '*.mail' | Select-Object Id, Name, Parameters, Groups</code>
/// <para>The profiles and Domain Connect templates of the current folder, with what each needs.</para>
/// </example>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc7208">RFC 7208</seealso>
[Cmdlet(VerbsCommon.Get, "SendingProvider", DefaultParameterSetName = NameSet)]
[OutputType(typeof(SendingProvider))]
public sealed class GetSendingProviderCommand : MailDnsCmdlet
{
    private const string NameSet = "Name";
    private const string PathSet = "Path";
    private const string LiteralSet = "LiteralPath";

    /// <summary>Ids, names or aliases of shipped profiles, with wildcards; or paths of profiles and templates of your own (JSON).</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Provider { get; set; } = { "*" };

    /// <summary>Files of profiles and Domain Connect templates, or folders with such files (*.json).</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = Array.Empty<string>();

    /// <summary>The same, used exactly as typed: no character is a wildcard. Also from Get-ChildItem.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralSet)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = Array.Empty<string>();

    /// <summary>Also looks into the folders below.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralSet)]
    public SwitchParameter Recurse { get; set; }

    protected override void ProcessRecord()
    {
        if (string.Equals(ParameterSetName, NameSet, StringComparison.Ordinal))
        {
            foreach (string text in Provider)
                Guard(text, () => WriteObject(Find(text), enumerateCollection: true));

            return;
        }

        bool isLiteral = string.Equals(ParameterSetName, LiteralSet, StringComparison.Ordinal);
        foreach (string path in isLiteral ? LiteralPath : Path)
            Guard(path, () => WriteAll(path, isLiteral));
    }

    private void Guard(string target, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (ProviderFiles.IsExpected(exception))
        {
            WriteError(ErrorRecords.From(exception, target));
        }
    }

    private void WriteAll(string path, bool isLiteral)
    {
        foreach (string item in FilePaths.Resolve(this, path, isLiteral))
        {
            StopToken.ThrowIfCancellationRequested();
            if (!Directory.Exists(item))
            {
                Guard(item, () => WriteObject(ProviderFiles.Read(item)));
                continue;
            }

            SearchOption depth = Recurse ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;
            foreach (string file in Directory.EnumerateFiles(item, "*.json", depth).OrderBy(file => file, StringComparer.Ordinal))
            {
                StopToken.ThrowIfCancellationRequested();
                Guard(file, () => WriteOne(file));
            }
        }
    }

    // A folder may have other JSON files too: they are passed over.
    private void WriteOne(string file)
    {
        if (ProviderFiles.ReadIfProvider(file) is { } provider)
            WriteObject(provider);
        else
            WriteVerbose(file + " is not a profile or template.");
    }

    private IEnumerable<SendingProvider> Find(string text)
    {
        if (SendingProviderCatalog.IsPath(text) || !WildcardPattern.ContainsWildcardCharacters(text))
            return new[] { ProviderFiles.Load(this, text) };

        var pattern = new WildcardPattern(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        return ProviderFiles.Shipped.All
            .Where(provider => new[] { provider.Id, provider.Name }.Concat(provider.Aliases).Any(pattern.IsMatch))
            .ToArray();
    }
}
