namespace MailDns.Bimi;

/// <summary>Makes BIMI records (BIMI draft section 5.3).</summary>
internal static class BimiRecordBuilder
{
    /// <summary>The TXT record at selector._bimi.<paramref name="domain"/>.</summary>
    /// <exception cref="ArgumentException">The options contradict each other, a URI is not https, or the logo is no SVG.</exception>
    public static TxtRecord Create(DomainName domain, DomainName zone, BimiRecordOptions options, TimeSpan timeToLive) =>
        new(BimiSelector.NameOf(options.Selector, domain), zone, BuildText(options), timeToLive, RecordPurpose.Bimi);

    /// <summary>The record's text.</summary>
    public static string BuildText(BimiRecordOptions options)
    {
        if (options.Decline)
        {
            return options.LogoUri is null && options.EvidenceUri is null
                ? "v=BIMI1; l=; a=;"
                : throw new ArgumentException("-Decline says that there is no logo: it cannot be given with -LogoUri or -EvidenceUri.", nameof(options));
        }

        if (options.LogoUri is null)
            throw new ArgumentException("A BIMI record needs -LogoUri, or -Decline to say that there is no logo.", nameof(options));

        string logo = BimiUri.Write(options.LogoUri, nameof(options.LogoUri));
        if (!BimiUri.IsSvg(logo))
        {
            throw new ArgumentException("-LogoUri " + PrintableText.Quote(options.LogoUri) + " does not end in .svg or .svgz (BIMI draft section 5.3.2).", nameof(options));
        }

        string text = "v=BIMI1; l=" + logo;
        if (options.EvidenceUri is not null)
            text += "; a=" + BimiUri.Write(options.EvidenceUri, nameof(options.EvidenceUri));

        return options.AvatarPreference == BimiAvatarPreference.Personal ? text + "; avp=personal" : text;
    }
}

/// <summary>What a new BIMI record is to say.</summary>
internal sealed class BimiRecordOptions
{
    public string Selector { get; init; } = BimiSelector.Default;
    public string? LogoUri { get; init; }
    public string? EvidenceUri { get; init; }
    public BimiAvatarPreference AvatarPreference { get; init; }

    /// <summary>True: the domain declines to take part.</summary>
    public bool Decline { get; init; }
}
