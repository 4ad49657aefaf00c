namespace MailDns.Dkim;

/// <summary>
/// Corrects a key record where the meaning is beyond doubt: the key is whole, and only what stands around it is wrong.
/// </summary>
internal static class DkimRepair
{
    /// <summary>The corrected record; null where there is none that would be found without an error.</summary>
    public static DkimKeyRecord? TryRepair(DkimKeyReading reading)
    {
        // Which of two equal tags is meant, nobody knows; a private key is not to be published in any form.
        if (reading.Faults.Any(fault => fault.Check == DkimChecks.TagDuplicate) || DkimTextRules.HoldsPrivateKey(reading))
            return null;

        // What stands between semicolons and is no tag may be a flag or a piece of the key.
        DkimKeyReading clean = reading.Faults.Any(IsOfTags) ? DkimKeyParser.Read(PastedText.Clean(reading.Text)) : reading;
        if (clean.Faults.Any(fault => fault.Check == DkimChecks.TagDuplicate || (IsOfTags(fault) && fault.Length > 0 && IsLost(clean.Text, fault))))
            return null;

        // Where a semicolon is missing, a limit of the key is in the value of the tag before it, and would be lost.
        if (TagList.Split(clean.Text).Any(tag => tag.Name is not ("n" or "p" or "P") && tag.Value.IndexOf('=') >= 0))
            return null;

        DkimKeyRecord record = TakeMisnamed(clean.Record);
        if (record.KeyData is null) return null;

        record = RepairAround(record);
        record = record.IsRevoked ? record : RepairKey(record);
        return IsSound(record) && record.ToString().All(c => c is >= ' ' and <= '~') ? record : null;
    }

    private static bool IsOfTags(TextFault fault) => fault.Check == DkimChecks.Syntax;

    private static bool IsLost(string text, TextFault fault)
    {
        string part = text.Substring(fault.Offset, fault.Length);
        return TagList.Split(part) is { Count: > 0 } parts && !parts[0].HasEquals && part.Trim().Length > 0;
    }

    // P= and K= in the wrong case.
    private static DkimKeyRecord TakeMisnamed(DkimKeyRecord record)
    {
        string? Extension(string name) => record.Extensions.Where(tag => tag.Key == name).Select(tag => tag.Value).FirstOrDefault();

        KeyValuePair<string, string>[] rest = record.Extensions.Where(tag => tag.Key is not ("P" or "K" or "V")).ToArray();
        return record with
        {
            KeyData = record.KeyData ?? Extension("P"),
            KeyTypeTag = record.KeyTypeTag ?? Extension("K"),
            Extensions = rest,
        };
    }

    private static DkimKeyRecord RepairAround(DkimKeyRecord record)
    {
        bool verifies = record.HashAlgorithms?.Contains("sha256", StringComparer.Ordinal) ?? true;
        bool forMail = record.ServiceTypes?.Any(service => service is "*" or "email") ?? true;
        string type = record.KeyType.ToLowerInvariant();
        bool wrongCase = record.KeyTypeTag is not null && type is DkimKeyRecord.Rsa or DkimKeyRecord.Ed25519;
        return record with
        {
            Version = "DKIM1",
            Granularity = null,
            HashAlgorithms = verifies ? record.HashAlgorithms : null,
            ServiceTypes = forMail ? record.ServiceTypes : null,
            KeyTypeTag = record.KeyTypeTag is not null && wrongCase ? type : record.KeyTypeTag,
        };
    }

    private static DkimKeyRecord RepairKey(DkimKeyRecord record)
    {
        string data = Base64Text.Normalize(WithoutArmour(record.KeyData!));
        if (!Base64Text.TryDecode(data, out byte[] octets, out _, out _)) return record;

        DkimPublicKey key = DkimPublicKey.Read(octets);

        // Any 32 octets have the form of a raw Ed25519 key: they count as one only where nothing was dropped from the text
        // and k= says so or is absent.
        if (key.Encoding == DkimKeyEncoding.Raw32)
        {
            bool isMeant = record.Key is not null && (record.KeyType == DkimKeyRecord.Ed25519 || (record.KeyTypeTag is null && !key.MayBeCutOff));
            return isMeant ? record with { KeyTypeTag = DkimKeyRecord.Ed25519, KeyData = data } : record;
        }

        if (key.IsEd25519)
            return record with { KeyTypeTag = DkimKeyRecord.Ed25519, KeyData = Convert.ToBase64String(key.Raw), Key = key };

        string? type = key.IsRsa && record.KeyTypeTag is not null ? DkimKeyRecord.Rsa : record.KeyTypeTag;
        return record with { KeyTypeTag = type, KeyData = data, Key = key };
    }

    // A PEM file pasted whole: -----BEGIN PUBLIC KEY----- ... -----END PUBLIC KEY-----
    private static string WithoutArmour(string data)
    {
        int begin = data.IndexOf("-----BEGIN", StringComparison.Ordinal);
        int start = begin < 0 ? -1 : data.IndexOf("-----", begin + 10, StringComparison.Ordinal);
        if (start < 0) return data;

        int end = data.IndexOf("-----END", start + 5, StringComparison.Ordinal);
        return end < 0 ? data.Substring(start + 5) : data.Substring(start + 5, end - start - 5);
    }

    private static bool IsSound(DkimKeyRecord record)
    {
        DkimKeyReading again = DkimKeyParser.Read(record.ToString());
        var sheet = new CheckSheet(string.Empty);
        DkimTextRules.Apply(again, sheet, toRecord: null);
        return !sheet.HasFailure;
    }
}
