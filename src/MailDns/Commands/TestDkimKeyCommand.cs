using System.Security;
using MailDns.Dkim;
using MailDns.Dkim.Keys;

namespace MailDns.Commands;

/// <summary>Proves that a private key belongs to what DNS publishes for a DKIM selector.</summary>
/// <remarks>
/// Reads the private key (PKCS#8, encrypted or not, PKCS#1, raw Ed25519), signs with it, and compares its public half with the
/// record at SELECTOR._domainkey.DOMAIN, through aliases. Passes only if verifiers would accept the signatures: a revoked or
/// invalid record, or a second record with another key, does not pass. If a lookup fails, the result is Unknown. If DNS has
/// another key, the result contains the record to publish. The private key is never shown.
/// </remarks>
/// <example>
/// <code>Test-DkimKey contoso.com -Selector s2026 -PrivateKeyPath .\keys\s2026.contoso.com.pem</code>
/// <para>Says whether the signing server's key is the one that is published.</para>
/// </example>
/// <example>
/// <code>$key | Test-DkimKey -Server 192.0.2.53 -Quiet</code>
/// <para>Takes domain, selector and file of a key from New-DkimKey, asks one server, and gives true or false.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "DkimKey")]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestDkimKeyCommand : ResolvingCmdlet
{
    /// <summary>One or more domains, in Unicode or as A-labels. Also from an object's Domain, DomainName, ZoneName or Name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DomainName", "ZoneName", "Name")]
    [DomainArgument]
    [AllowEmptyString]
    public string[] Domain { get; set; } = Array.Empty<string>();

    /// <summary>The selector that the signing server uses.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SelectorCompleter))]
    public string Selector { get; set; } = string.Empty;

    /// <summary>The file with the private key.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string PrivateKeyPath { get; set; } = string.Empty;

    /// <summary>The pass phrase of an encrypted file.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <summary>Gives true or false instead of the result. False with a warning where the lookup failed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void BeginProcessing() => PrepareResolver();

    protected override void ProcessRecord()
    {
        try
        {
            DkimPublicKey own = PrivateKeyFile.ReadPublicKey(PrivateKeyFile.Resolve(this, PrivateKeyPath), Password);
            foreach (string text in Domain)
                TestOne(text, own);
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            WriteError(ErrorRecords.From(exception, PrivateKeyPath));
        }
    }

    private void TestOne(string text, DkimPublicKey own)
    {
        if (!DomainName.TryParse(text, out DomainName? domain, out string reason))
        {
            WriteError(ErrorRecords.From(new DomainNameException(text ?? string.Empty, reason), text));
            return;
        }

        string selector = Selector;
        IDnsResolver resolver = Resolver;
        CheckResult result = Await(token => DkimKeyProof.TestAsync(domain!, selector, own, resolver, token));
        if (!Quiet)
        {
            WriteObject(result);
            return;
        }

        if (result.Status == CheckStatus.Unknown) WriteWarning(result.Message);

        WriteObject(result.Status == CheckStatus.Pass);
    }
}
