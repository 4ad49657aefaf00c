namespace MailDns.Module.Tests.Engine;

/// <summary>Scripts that make records without a cmdlet, so that these tests are about the objects alone.</summary>
internal static class Sample
{
    public const string Txt = "[MailDns.TxtRecord]::new('contoso.com', '@', 'v=spf1 include:spf.example.net -all', [timespan]::FromMinutes(5), 'Spf')";

    public const string Cname = "[MailDns.CnameRecord]::new('contoso.com', 'trk', 'trk.example.net', [timespan]::FromHours(1), 'Tracking')";

    public const string Mx = "[MailDns.MxRecord]::new('contoso.com', '@', 10, 'mx.contoso.com', [timespan]::FromHours(1), 'Mx')";

    public const string A = "[MailDns.ARecord]::new('contoso.com', 'mx', '192.0.2.1', [timespan]::FromHours(1), 'Address')";

    public const string Aaaa = "[MailDns.AaaaRecord]::new('contoso.com', 'mx', '2001:db8::1', [timespan]::FromHours(1), 'Address')";

    public const string Tlsa = "[MailDns.TlsaRecord]::new('contoso.com', '_25._tcp.mx', 'DomainIssuedCertificate', 'SubjectPublicKeyInfo', 'Sha256Hash', ('0b' * 32), [timespan]::FromHours(1), 'Tlsa')";

    public const string Caa = "[MailDns.CaaRecord]::new('contoso.com', '@', 0, 'issue', 'ca.example.net', [timespan]::FromHours(1), 'Caa')";

    /// <summary>A key of 2048 bits: two character-strings.</summary>
    public const string LongTxt = "[MailDns.TxtRecord]::new('contoso.com', 'sel._domainkey', 'v=DKIM1; k=rsa; p=' + ('QUJD' * 98), [timespan]::FromHours(1), 'Dkim')";

    /// <summary>The copy of what a script gives that a job or a remote session hands back: one level deep, unless type data say more.</summary>
    public static string Copy(string script, int depth = 1) =>
        "[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((" + script + "), " + depth + "))";

    /// <summary>A check's result: its class has no public constructor, and views go by the type's name.</summary>
    public static string Check(string status, string id = "SPF-LOOKUP-LIMIT", string domain = "contoso.com", string message = "Ten lookups are allowed; the record needs 12.")
    {
        return $$"""
            ([pscustomobject]@{
                PSTypeName = 'MailDns.CheckResult'; Domain = '{{domain}}'; Id = '{{id}}'; Title = 'At most ten lookups'; Area = 'Spf'
                Passed = '{{status}}' -eq 'Pass'; Status = '{{status}}'; Severity = 'Error'; Message = '{{message}}'
                Expected = '10'; Actual = '12'; Recommendation = 'Flatten an include.'; Reference = 'RFC 7208 section 4.6.4'; Record = @({{Txt}})
            })
            """;
    }
}
