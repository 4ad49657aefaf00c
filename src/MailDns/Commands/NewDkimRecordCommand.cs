using MailDns.Dkim;

namespace MailDns.Commands;

/// <summary>Creates the DNS record of a DKIM selector: a public key, a revocation, or an alias to the platform's record.</summary>
/// <remarks>
/// Takes the key as the platform gives it: bare base64, a PEM file, or the whole text of the record. A private key is
/// refused, and so are keys printed as samples and RSA keys below 1024 bits. A text over 255 octets is cut into the
/// strings of one TXT record. Nothing is looked up.
/// </remarks>
/// <example>
/// <code>New-DkimRecord -Domain contoso.com -Selector ak -PublicKeyPath .\ak.pem</code>
/// <para>Makes the TXT record ak._domainkey.contoso.com from a public key in PEM.</para>
/// </example>
/// <example>
/// <code>New-DkimRecord contoso.com -Selector s1 -CnameTarget s1.domainkey.platform.net | Add-DnsServerResourceRecord -CName</code>
/// <para>Publishes the alias that a platform asks for on a Windows DNS server.</para>
/// </example>
/// <example>
/// <code>New-DkimRecord contoso.com -Selector s2025 -Revoked</code>
/// <para>Makes the record that revokes a selector after rotation.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DkimRecord", DefaultParameterSetName = "PublicKey")]
[OutputType(typeof(TxtRecord), typeof(CnameRecord))]
public sealed class NewDkimRecordCommand : RecordGeneratorCommand
{
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);

    /// <summary>The selector alone, without "._domainkey" (RFC 6376 section 3.1).</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SelectorCompleter))]
    public string Selector { get; set; } = string.Empty;

    /// <summary>The public key: bare base64, the text of a PEM file, or the text of the record that the platform gave.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "PublicKey", ValueFromPipelineByPropertyName = true)]
    [Alias("P")]
    public string[] PublicKey { get; set; } = Array.Empty<string>();

    /// <summary>A file with the public key in one of those forms.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "PublicKeyPath")]
    public string PublicKeyPath { get; set; } = string.Empty;

    /// <summary>The platform's host that has the key: makes a CNAME record.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "CnameTarget")]
    public string? CnameTarget { get; set; }

    /// <summary>Revokes the selector: the record's key is empty (RFC 6376 section 3.6.1).</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Revoked")]
    public SwitchParameter Revoked { get; set; }

    /// <summary>The type of the key; default: read from the key. If the key is of another type, there is an error.</summary>
    [Parameter(ParameterSetName = "PublicKey", ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = "PublicKeyPath")]
    [Parameter(ParameterSetName = "Revoked")]
    [Alias("K")]
    public DkimKeyType? KeyType { get; set; }

    /// <summary>Flags: y while testing, s to keep signatures from naming subdomains (RFC 6376 section 3.6.1).</summary>
    [Parameter(ParameterSetName = "PublicKey")]
    [Parameter(ParameterSetName = "PublicKeyPath")]
    [Parameter(ParameterSetName = "Revoked")]
    [ValidateSet("y", "s")]
    [Alias("T")]
    public string[]? Flag { get; set; }

    /// <summary>A note for administrators; no verifier reads it.</summary>
    [Parameter(ParameterSetName = "PublicKey")]
    [Parameter(ParameterSetName = "PublicKeyPath")]
    [Parameter(ParameterSetName = "Revoked")]
    public string? Note { get; set; }

    private protected override IEnumerable<object> Create(DomainName domain, DomainName zone)
    {
        DkimBuiltRecord built = DkimRecordBuilder.Build(new DkimRecordOptions
        {
            Domain = domain,
            Zone = zone,
            Selector = Selector,
            PublicKey = ReadKey(),
            CnameTarget = CnameTarget,
            Revoked = Revoked,
            KeyType = KeyType,
            Flags = Flag?.Select(flag => flag.ToLowerInvariant()).ToArray(),
            Note = Note,
            TimeToLive = TimeToLive,
        });

        // What holds for every domain of the pipeline is said once.
        return built.Warnings.Where(_warned.Add).Select(warning => (object)CmdletMessage.Warning(warning)).Concat(new object[] { built.Record });
    }

    private string? ReadKey() => ParameterSetName switch
    {
        "PublicKey" => string.Join("\n", PublicKey),
        "PublicKeyPath" => KeyFile.Read(GetUnresolvedProviderPathFromPSPath(PublicKeyPath)),
        _ => null,
    };
}
