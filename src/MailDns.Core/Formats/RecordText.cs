namespace MailDns.Formats;

/// <summary>RDATA in presentation format, names absolute with their dot.</summary>
internal static class RecordText
{
    /// <param name="data">Of one of the types that MailDns has records for.</param>
    /// <param name="octal">See <see cref="PresentationText.Quote"/>.</param>
    public static string Of(RecordData data, bool octal = false) => data switch
    {
        TxtData txt => PresentationText.Quote(txt.Strings, octal),
        NameData name => Absolute(name.Target),
        MxData mx => mx.Preference + " " + Absolute(mx.Exchange),
        CaaData caa => caa.Flags + " " + caa.Tag + " " + PresentationText.Quote(new[] { caa.Value }, octal),
        TlsaData tlsa => tlsa.Usage + " " + tlsa.Selector + " " + tlsa.MatchingType + " " + tlsa.AssociationData,
        _ => data.ToString()!,
    };

    /// <summary>With a trailing dot; "." for the root.</summary>
    public static string Absolute(DomainName name) => name.IsRoot ? "." : name.Text + ".";

    /// <summary>Without a trailing dot; "." for the root, the exchange of a null MX (RFC 7505).</summary>
    public static string Bare(DomainName name) => name.IsRoot ? "." : name.Text;
}
