using System.Collections;
using System.IO;
using System.Net;
using System.Text;
using MailDns.Adapters;
using MailDns.Messages;
using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Proves one received message: DKIM, SPF, DMARC and ARC as a receiver judges them, and what to change.</summary>
/// <remarks>
/// Takes a message as it was received, with the complete header (.eml; "Download original" or "Show original" in webmail), and
/// verifies every DKIM signature (RFC 6376, RFC 8301, RFC 8463) with the keys from DNS, -ZoneFile or -PlannedRecord. SPF needs
/// the address of the client and the sender, which a message does not prove: specify -IPAddress with -Sender, or use -TrustedHost
/// to name the host that received the message. DMARC follows RFC 9989. An ARC chain is validated and shown; it never makes DMARC
/// pass. Authentication-Results are used only if they come from a host in -TrustedHost, and are compared with the computed
/// results. Some programs change the copy that they save (mbox files, Microsoft 365 mailboxes, Outlook items, added footers);
/// IsConclusive says whether the result applies to the message as it was received. With -Provider the message is compared with
/// the profile; otherwise the platform is recognised from the message. Findings include the record or the step that corrects
/// them; the worst come last. If a file is not a message, there is an error, and the command continues with the others.
/// </remarks>
/// <example>
/// <code>Test-MailMessage ./test.eml -Provider Altcraft -TrustedHost mx.google.com</code>
/// <para>Did it work? A test message as Gmail received it, against the platform's profile.</para>
/// </example>
/// <example>
/// <code>Test-MailMessage ./test.eml -IPAddress 192.0.2.10 -Sender bounce@contoso.com -ZoneFile ./contoso.com.zone</code>
/// <para>The same with client and sender from the server's log, and with keys from a zone file, before they are published.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./mail/*.eml | Test-MailMessage | Where-Object DmarcResult -ne Pass</code>
/// <para>Those of many messages that do not pass DMARC.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "MailMessage", DefaultParameterSetName = "Path")]
[OutputType(typeof(MailMessageResult))]
public sealed class TestMailMessageCommand : ReaderCommand
{
    // RFC 7208 section 4.6.4: at least 20 seconds are allowed.
    private static readonly TimeSpan s_spfTime = TimeSpan.FromSeconds(20);
    private SendingProvider? _profile;
    private ProviderIndex _known = ProviderIndex.None;
    private DomainName[] _trusted = Array.Empty<DomainName>();
    private KeyValuePair<string, string>[] _values = Array.Empty<KeyValuePair<string, string>>();

    /// <summary>Files with a message each; wildcards are allowed. A text with line breaks is taken as the message itself.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = Array.Empty<string>();

    /// <summary>Files with a message each, by their exact names. Takes files from Get-ChildItem.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = Array.Empty<string>();

    /// <summary>The address of the client that delivered the message, for SPF.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ClientIP", "IP")]
    [ValidateNotNull]
    public IPAddress? IPAddress { get; set; }

    /// <summary>The address in MAIL FROM (Return-Path), or a domain alone; an empty string is the null reverse-path.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("MailFrom")]
    [AllowEmptyString]
    public string? Sender { get; set; }

    /// <summary>The HELO or EHLO name; checked itself where the sender is null.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Helo { get; set; }

    /// <summary>
    /// The hosts that received the message, and all names below them, as they write themselves in Received (by) and in
    /// Authentication-Results, e.g. mx.google.com, protection.outlook.com. Only what they wrote is believed.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] TrustedHost { get; set; } = Array.Empty<string>();

    /// <summary>The platform that should have sent the message: the name of a profile, or the path of a profile of your own.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Provider { get; set; }

    /// <summary>Values for the profile's placeholders, e.g. <c>@{ bounceHost = 'ac-bounces' }</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? ProviderValue { get; set; }

    protected override void BeginProcessing()
    {
        _profile = ProviderFiles.LoadOrStop(this, Provider);
        _known = ProviderFiles.IndexWith(_profile is null ? Array.Empty<SendingProvider>() : new[] { _profile });
        _values = ProviderValues.Read(ProviderValue).ToArray();
        _trusted = TrustedHost.Select(ReadHost).ToArray();
        base.BeginProcessing();
    }

    protected override void ProcessRecord()
    {
        if (ParameterSetName == "LiteralPath")
        {
            foreach (string path in LiteralPath)
                Start(path, () => new[] { ExactFile(path) });

            return;
        }

        foreach (string path in Path)
        {
            if (path.IndexOf('\n') >= 0)
                EnqueueMessage("text", path: null, () => new MemoryStream(Encoding.UTF8.GetBytes(path)));
            else
                Start(path, () => Files(path));
        }
    }

    private DomainName ReadHost(string text)
    {
        string bare = text.StartsWith("*.", StringComparison.Ordinal) ? text.Substring(2) : text.TrimStart('.');
        if (DomainName.TryParseRelative(bare, out DomainName? host, out string reason)) return host!;

        var exception = new ArgumentException("-TrustedHost " + Text.PrintableText.Quote(text) + " is not a valid host name: " + reason);
        ThrowTerminatingError(ErrorRecords.From(exception, text));
        throw exception;
    }

    private void Start(string path, Func<IReadOnlyCollection<string>> resolve)
    {
        IReadOnlyCollection<string> files;
        try
        {
            files = resolve();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SessionStateException or ArgumentException or NotSupportedException)
        {
            Refuse(ErrorRecords.From(exception, path));
            return;
        }

        foreach (string file in files)
            EnqueueMessage(file, file, () => OpenRegular(file));
    }

    private static FileStream OpenRegular(string file)
    {
        BoundedFile.RequireRegular(file);
        return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan);
    }

    private IReadOnlyCollection<string> Files(string path)
    {
        IReadOnlyCollection<string> files = FilePaths.Resolve(this, path);

        // A pattern that fits folders too means the files.
        bool isPattern = WildcardPattern.ContainsWildcardCharacters(path);
        return isPattern ? files.Where(file => !Directory.Exists(file)).ToArray() : files.Select(RefuseFolder).ToArray();
    }

    private string ExactFile(string path) => RefuseFolder(FilePaths.Resolve(this, path, isLiteral: true).Single());

    private static string RefuseFolder(string file) =>
        Directory.Exists(file) ? throw new ArgumentException(file + " is a folder; specify its files, e.g. " + System.IO.Path.Combine(file, "*.eml") + ".") : file;

    private void EnqueueMessage(string target, string? path, Func<Stream> open)
    {
        var request = new MessageRequest
        {
            Path = path,
            IPAddress = IPAddress,
            Sender = Sender,
            Helo = Helo,
            TrustedHosts = _trusted,
            Now = DateTimeOffset.UtcNow,
            Ed25519 = AdapterFactory.CreateEd25519Verifier,
        };
        var platform = new PlatformRequest { Provider = _profile, Values = _values, Known = _known };
        Enqueue(target, (resolver, token) => ProveAsync(open, request, platform, resolver, token));
    }

    private static async Task<IReadOnlyList<object>> ProveAsync(Func<Stream> open, MessageRequest request, PlatformRequest platform, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        using Stream stream = open();
        using var deadline = new CancellationTokenSource(s_spfTime);
        try
        {
            return new object[] { await MessageProof.ProveAsync(stream, request, platform, resolver, deadline.Token, cancellationToken).ConfigureAwait(false) };
        }
        catch (MessageException exception) when (request.Path is { } path)
        {
            throw new MessageException(exception.IsTooLarge, path + ": " + exception.Message);
        }
    }
}
