namespace MailDns.Benchmarks;

/// <summary>Records as domains publish them: one for the benchmarks and for the tests that bound what reading them allocates.</summary>
internal static class SampleRecords
{
    public const string Spf = "v=spf1 include:_spf.google.com include:spf.protection.outlook.com ip4:203.0.113.0/24 a mx ~all";

    public const string Dmarc = "v=DMARC1; p=quarantine; sp=reject; adkim=s; aspf=r; pct=100; fo=1; rua=mailto:dmarc@example.com,mailto:reports@example.net!10m; ruf=mailto:forensic@example.com";

    /// <summary>A public key of 2048 bits, whose private key nobody has.</summary>
    public const string Dkim = "v=DKIM1; k=rsa; h=sha256; p="
        + "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAlT3ceb1GyJ64kYx/3iVju+6qUeQLZ5+whDALJYO7Hze8dL6mVCUK5E+HRLewOragpyIsoPhE4SNl"
        + "aniAuMU4Bw0jRkMBfLGMUibia4bn5FF4enLZUjg0kxW7XEC2imFXcnZcywNIbtV28L/aldSJ8/0rwbN6RrvHIauCEoeIAdpssyzgr9HM0x3Uayzmd62nM8C4"
        + "J8CjjVlahQkQEPxhlynocs0yr6tQrlQdlqawyYrj03XLp3J9qkAoaCsHB0zYcNkXRa4d/tOe1mGLhkxc6IwbCwhO6i0JNhZ7LfRWgp8mId1QrdinMyNRlUvr"
        + "uDrOyNyJZt+nOFJDhLNksHNQpQIDAQAB";

    public const string Bimi = "v=BIMI1; l=https://example.com/bimi/logo.svg; a=https://example.com/bimi/mark.pem";

    public const string MtaSts = "v=STSv1; id=20260101000000";

    public const string MtaStsPolicy = "version: STSv1\r\nmode: enforce\r\nmx: mx1.example.com\r\nmx: *.example.net\r\nmax_age: 604800\r\n";

    public const string TlsRpt = "v=TLSRPTv1; rua=mailto:tls@example.com,https://reports.example.net/tls";
}
