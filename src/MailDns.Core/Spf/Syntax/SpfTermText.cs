namespace MailDns.Spf;

/// <summary>Writes the terms of address blocks (RFC 7208 section 5.6).</summary>
internal static class SpfTermText
{
    /// <summary>"-ip4:192.0.2.0/24".</summary>
    public static string Of(SpfQualifier qualifier, AddressBlock block) =>
        SpfDirective.QualifierText(qualifier) + block.Mechanism + ":" + block;
}
