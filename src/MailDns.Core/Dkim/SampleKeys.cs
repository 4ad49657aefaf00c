using System;
using System.Collections.Generic;

namespace MailDns.Dkim;

/// <summary>
/// Keys that are printed in documents for show. Kept as SHA-256 of their SubjectPublicKeyInfo, so that no key that must
/// not be published stands in the code.
/// </summary>
internal static class SampleKeys
{
    private static readonly Dictionary<string, string> s_documents = new(StringComparer.Ordinal)
    {
        ["f08577427444def3f44750f28a09c655419972a01b712e1390e715a7113d5f14"] = "Altcraft's page \"Email: sending domain configuration\"",
        ["dba3f0cb69f06d70e41abc6ac5812bc3d2639a24b621ba5d241202ac89cb7b9c"] = "RFC 6376 appendix C",
        ["06e3fd8fda29bb60ab59557de61edb0aecdb231134be30e75b455f8e1b792fa9"] = "RFC 8463 appendix A.2 (Ed25519)",
        ["362d9a99501883f6d1ac717c53fff96582fb0a7c52464cb64b9082aa887bc7b4"] = "RFC 8463 appendix A.2 (RSA)",
    };

    /// <summary>The document that prints the key; null for any other key.</summary>
    public static string? DocumentOf(string fingerprint) =>
        s_documents.TryGetValue(fingerprint, out string? document) ? document : null;
}
