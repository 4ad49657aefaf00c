namespace MailDns.Dkim;

/// <summary>
/// Makes the record of a selector: a key, a revocation, or an alias to the platform's record. Refuses what its own checks
/// would call an error, and private keys above all.
/// </summary>
internal static class DkimRecordBuilder
{
    private static readonly string[] s_flags = { "y", "s" };

    /// <summary>Makes the record.</summary>
    /// <exception cref="ArgumentException">An option is none, or the key must not be published.</exception>
    /// <exception cref="DomainNameException">A name is none.</exception>
    /// <exception cref="RecordParseException">A pasted record breaks the grammar.</exception>
    public static DkimBuiltRecord Build(DkimRecordOptions options)
    {
        DomainName owner = DkimSelector.NameOf(options.Selector, options.Domain);
        if (options.CnameTarget is { } target)
        {
            var alias = new CnameRecord(owner, options.Zone, DomainName.Parse(target), options.TimeToLive, RecordPurpose.Dkim);
            return new DkimBuiltRecord(alias, Array.Empty<string>());
        }

        DkimKeyRecord record = options.Revoked ? Revocation(options) : KeyOf(options);
        record = WithTags(record, options);
        string text = record.ToString();
        string[] warnings = Judge(text, options);
        return new DkimBuiltRecord(new TxtRecord(owner, options.Zone, text, options.TimeToLive, RecordPurpose.Dkim), warnings);
    }

    private static DkimKeyRecord Revocation(DkimRecordOptions options) =>
        new() { Version = "DKIM1", KeyTypeTag = options.KeyType is { } type ? NameOf(type) : null, KeyData = string.Empty };

    private static DkimKeyRecord KeyOf(DkimRecordOptions options)
    {
        if (options.PublicKey is not { } text)
            throw new ArgumentException("A public key, a file with one, a CNAME target or a revocation is needed.");

        DkimKeyRecord given = DkimKeyText.Read(text);
        DkimPublicKey key = given.Key!;
        if (key.IsPrivate || key.Problem.Length > 0)
            throw new ArgumentException("The record that was given contains no public key of DKIM: " + key.Problem + ".");

        string type = TypeOf(given, key, options.KeyType);

        // Not every verifier takes PKCS#1; SubjectPublicKeyInfo is what the world reads and writes.
        // Ed25519 goes without it (RFC 8463 section 4.2).
        byte[] octets = key.IsRsa ? key.SubjectPublicKeyInfo : key.Raw;
        return given with
        {
            Version = "DKIM1",
            KeyTypeTag = type,
            KeyData = Convert.ToBase64String(octets),
            Granularity = null,
            Extensions = Array.Empty<KeyValuePair<string, string>>(),
        };
    }

    private static string TypeOf(DkimKeyRecord given, DkimPublicKey key, DkimKeyType? asked)
    {
        string actual = key.IsRsa ? DkimKeyRecord.Rsa : DkimKeyRecord.Ed25519;
        string? claimed = asked is { } type ? NameOf(type) : given.KeyTypeTag;
        if (claimed is not null && !string.Equals(claimed, actual, StringComparison.Ordinal))
        {
            throw new ArgumentException(key.MayBeCutOff
                ? "The key is cut off after 32 octets."
                : "The key is of type " + actual + ", not " + PrintableText.Escape(claimed) + ".");
        }

        // 32 octets that begin like DER are far more likely a key that was cut off than an Ed25519 key.
        return key.MayBeCutOff && claimed is null
            ? throw new ArgumentException("The key seems to be cut off after 32 octets. If it is a raw Ed25519 key, say so with the key type.")
            : actual;
    }

    private static DkimKeyRecord WithTags(DkimKeyRecord record, DkimRecordOptions options)
    {
        if (options.Flags is { } flags)
        {
            string? odd = flags.FirstOrDefault(flag => !s_flags.Contains(flag, StringComparer.Ordinal));
            if (odd is not null)
            {
                throw new ArgumentException("The flag " + PrintableText.Quote(odd) + " is not valid; flags are y (testing) and s (strict identity), RFC 6376 section 3.6.1.");
            }

            record = record with { Flags = flags.Distinct(StringComparer.Ordinal).ToArray() };
        }

        return options.Note is null ? record : record with { NoteTag = QuotedPrintable.Encode(options.Note) };
    }

    private static string[] Judge(string text, DkimRecordOptions options)
    {
        var sheet = new CheckSheet(options.Domain.Text);
        DkimTextRules.Apply(DkimKeyParser.Read(text), sheet, toRecord: null);
        CheckResult? failure = sheet.Results.FirstOrDefault(result => result.Status == CheckStatus.Fail);
        if (failure is not null) throw new ArgumentException(failure.Message + " " + failure.Recommendation);

        bool asked(CheckResult result) =>
            (options.Revoked && result.Id == DkimChecks.Revoked.Id)
            || (options.Flags is not null && result.Id == DkimChecks.Testing.Id);
        return sheet.Results
            .Where(result => result.Status == CheckStatus.Warning && !asked(result))
            .Select(result => result.Message + " " + result.Recommendation)
            .ToArray();
    }

    private static string NameOf(DkimKeyType type) => type == DkimKeyType.Ed25519 ? DkimKeyRecord.Ed25519 : DkimKeyRecord.Rsa;
}

/// <summary>A record that was made, and what has to be said of it.</summary>
/// <param name="Warnings">Sentences for people.</param>
internal sealed record DkimBuiltRecord(ResourceRecord Record, IReadOnlyList<string> Warnings);

/// <summary>What New-DkimRecord is asked for.</summary>
internal sealed record DkimRecordOptions
{
    public required DomainName Domain { get; init; }

    public required DomainName Zone { get; init; }

    public required string Selector { get; init; }

    /// <summary>A public key in any form that people have it in; null for an alias or a revocation.</summary>
    public string? PublicKey { get; init; }

    /// <summary>The platform's host that holds the key.</summary>
    public string? CnameTarget { get; init; }

    public bool Revoked { get; init; }

    /// <summary>Null: told by the key.</summary>
    public DkimKeyType? KeyType { get; init; }

    /// <summary>y testing, s strict identity; null keeps those of a record that was pasted.</summary>
    public IReadOnlyList<string>? Flags { get; init; }

    public string? Note { get; init; }

    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);
}
