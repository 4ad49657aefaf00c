using System.IO;
using System.Security;
using MailDns.Adapters;
using MailDns.Dkim.Keys;

namespace MailDns.Commands;

/// <summary>Creates a DKIM key pair and writes its private half to a file that its owner alone can read.</summary>
/// <remarks>
/// The file is PKCS#8 in PEM, encrypted if -Password is specified (PBES2: PBKDF2 with HMAC-SHA-256 and 600000 rounds,
/// AES-256-CBC). From the start only the user who runs the command has access to it; grant the signing service access afterwards.
/// An existing file is replaced only with -Force. The returned object contains the public key and pipes into New-DkimRecord and
/// Test-DkimKey.
/// </remarks>
/// <example>
/// <code>New-DkimKey contoso.com -Selector s2026 -PrivateKeyPath .\keys | New-DkimRecord</code>
/// <para>Makes an RSA key of 2048 bits in keys\s2026.contoso.com.pem, and its record.</para>
/// </example>
/// <example>
/// <code>New-DkimKey contoso.com -Selector ed2026 -KeyType Ed25519 -PrivateKeyPath .\ed.pem -Password (Read-Host -AsSecureString)</code>
/// <para>Makes an Ed25519 key in an encrypted file.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DkimKey", SupportsShouldProcess = true)]
[OutputType(typeof(DkimKey))]
public sealed class NewDkimKeyCommand : MailDnsCmdlet
{
    /// <summary>The domain that will sign with the key, in Unicode or as A-labels; part of the file's name and of the object.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DomainName", "ZoneName", "Name")]
    [DomainArgument]
    public string? Domain { get; set; }

    /// <summary>The selector alone, without "._domainkey" (RFC 6376 section 3.1). Take a new one for each key.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public string Selector { get; set; } = string.Empty;

    /// <summary>Rsa (default) or Ed25519 (RFC 8463), which many verifiers do not know: publish an RSA key beside it.</summary>
    [Parameter]
    public DkimKeyType KeyType { get; set; }

    /// <summary>Bits of an RSA key: 2048 (default) to 4096; from 1024 with -Force. Not for Ed25519, which has one size.</summary>
    [Parameter]
    [ValidateRange(1024, 4096)]
    public int KeySize { get; set; } = DkimKeyOptions.DefaultSize;

    /// <summary>The file for the private key; in a folder that exists, the file is named SELECTOR.DOMAIN.pem.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string PrivateKeyPath { get; set; } = string.Empty;

    /// <summary>Pass phrase to encrypt the file with; default: the file is not encrypted, as most signers want it.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <summary>Replaces a file that is there, and makes RSA keys below 2048 bits.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        try
        {
            DkimKeyOptions options = ReadOptions();
            DkimKeyMaker.Check(options);
            bool exists = File.Exists(options.Path);
            if (exists && !Force) throw new PrivateFileExistsException(options.Path);

            OutputFile.CheckReplaceable(options.Path);

            if (ShouldProcess(options.Path, (exists ? "Replace by" : "Create") + " a private DKIM key of type " + KeyType))
            {
                SecureString? password = Password;
                WriteObject(Await(token => Task.FromResult(Make(options, password, token))));
            }
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            WriteError(ErrorRecords.From(exception, PrivateKeyPath));
        }
    }

    // On a worker's thread, which clears the pass phrase even where nobody waits for it any longer.
    private static DkimKey Make(DkimKeyOptions options, SecureString? password, CancellationToken cancellationToken)
    {
        char[]? characters = Passphrase.Copy(password);
        try
        {
            var maker = new DkimKeyMaker(AdapterFactory.CreateKeyGenerator(), AdapterFactory.CreatePrivateFileWriter());
            return maker.Make(options, characters, cancellationToken);
        }
        finally
        {
            Passphrase.Clear(characters);
        }
    }

    private DkimKeyOptions ReadOptions()
    {
        DomainName? domain = string.IsNullOrEmpty(Domain) ? null : DomainName.Parse(Domain);
        string path = PrivateKeyFile.Resolve(this, PrivateKeyPath);
        return new DkimKeyOptions
        {
            Domain = domain,
            Selector = Selector,
            KeyType = KeyType,
            Size = MyInvocation.BoundParameters.ContainsKey(nameof(KeySize)) ? KeySize : null,
            AllowWeak = Force,
            Path = Directory.Exists(path) ? Path.Combine(path, DkimKeyMaker.DefaultFileName(Selector, domain)) : path,
            Overwrite = Force,
        };
    }
}
