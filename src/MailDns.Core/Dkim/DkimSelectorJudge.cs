namespace MailDns.Dkim;

/// <summary>Judges what stands at one selector.</summary>
internal sealed class DkimSelectorJudge
{
    private static readonly CheckDefinition[] s_rsaChecks =
    {
        DkimChecks.RsaWeak, DkimChecks.Rsa1024, DkimChecks.RsaLarge, DkimChecks.RsaExponent,
    };

    private static readonly CheckDefinition[] s_ofSelector = DkimChecks.All.Except(DkimChecks.OfDomain).ToArray();

    /// <summary>A key that is revoked (RFC 6376 section 3.6.1, p).</summary>
    private const string RevokedKey = "v=DKIM1; p=";

    private readonly DomainName _domain;
    private readonly DkimReadOptions _options;
    private readonly DkimLookup _lookup;
    private readonly CheckSheet _sheet;

    private DkimSelectorJudge(DomainName domain, DkimReadOptions options, DkimLookup lookup, CheckSheet sheet)
    {
        _domain = domain;
        _options = options;
        _lookup = lookup;
        _sheet = sheet;
    }

    /// <summary>The checks that look at one selector.</summary>
    public static IReadOnlyList<CheckDefinition> OfSelector => s_ofSelector;

    /// <summary>Reports what is wrong and completes every check of the selector; gives the reading of the key, where there is one.</summary>
    public static DkimKeyReading? Judge(DomainName domain, DkimReadOptions options, DkimLookup lookup, CheckSheet sheet) =>
        new DkimSelectorJudge(domain, options, lookup, sheet).Judge();

    private DkimKeyReading? Judge()
    {
        DnsResponse response = _lookup.Response;
        if (response.IsFailure)
        {
            _sheet.CompleteUnknown(s_ofSelector, response);
            return null;
        }

        JudgeAlias();
        if (_lookup.Texts.Count == 0)
        {
            JudgeAbsence();
            _sheet.CompleteNotApplicable(s_ofSelector, "There is no key at " + _lookup.Name + " to look at.");
            return null;
        }

        DkimKeyReading reading = ReadTexts();
        DkimTextRules.Apply(reading, _sheet, CanCorrect ? ToRecord : null);

        // A private key that was published is not shown.
        if (_lookup.Texts.Count == 1 && !_sheet.Has(DkimChecks.PrivateKey))
            _sheet.Found(DkimChecks.Missing, _lookup.Name + ": " + _lookup.Texts[0]);

        JudgeUse(reading);
        Complete(reading);
        return reading;
    }

    // Behind an alias the record is the platform's.
    private bool CanCorrect => _lookup.Alias is null;

    private ResourceRecord ToRecord(string text) => new TxtRecord(_lookup.Name, _domain, text, TimeSpan.FromHours(1), RecordPurpose.Dkim);

    private DkimExpectation? Expectation =>
        _options.Expectations.FirstOrDefault(expected => string.Equals(expected.Selector, _lookup.Selector, StringComparison.OrdinalIgnoreCase));

    private void JudgeAbsence()
    {
        if (_lookup.Alias is { } target)
        {
            string why = _lookup.Response.Status == DnsResponseStatus.NxDomain ? "which does not exist" : "where there is no TXT record";
            string end = _lookup.Response.CanonicalName.Equals(target) ? string.Empty : " and on to " + _lookup.Response.CanonicalName;
            _sheet.Report(
                DkimChecks.CnameTarget.With(_lookup.Name, target, end, why),
                expected: null,
                actual: target.ToString());
            return;
        }

        if (_options.IsParked)
        {
            _sheet.NotApplicable(DkimChecks.Missing, "A domain that sends nothing needs no key.");
            return;
        }

        ResourceRecord[] fix = Expectation?.CnameTarget is { } wanted
            ? new ResourceRecord[] { new CnameRecord(_lookup.Name, _domain, wanted, TimeSpan.FromHours(1), RecordPurpose.Dkim) }
            : Array.Empty<ResourceRecord>();
        _sheet.Report(
            DkimChecks.Missing.With(_lookup.Name, _lookup.Response.Describe()),
            expected: fix.Length == 0 ? null : fix[0].ToString(),
            actual: null,
            recommendation: null,
            fix);
    }

    private void JudgeAlias()
    {
        if (Expectation?.CnameTarget is not { } wanted || (_lookup.Alias is null && _lookup.Texts.Count == 0))
        {
            _sheet.NotApplicable(DkimChecks.CnameWrong, "No alias is compared with a platform's.");
        }
        else if (!wanted.Equals(_lookup.Alias))
        {
            string actual = _lookup.Alias?.ToString() ?? "a TXT record";
            _sheet.Report(
                DkimChecks.CnameWrong.With(_lookup.Name, _lookup.Alias is null ? "not an alias but has a TXT record" : "an alias of " + actual, PrintableText.Escape(_options.ProviderName ?? "the platform"), wanted),
                expected: wanted.ToString(),
                actual: actual,
                recommendation: null,
                new CnameRecord(_lookup.Name, _domain, wanted, TimeSpan.FromHours(1), RecordPurpose.Dkim));
        }

        if (_lookup.Alias is null) _sheet.NotApplicable(DkimChecks.CnameTarget, _lookup.Name + " is not an alias.");
    }

    private DkimKeyReading ReadTexts()
    {
        DkimKeyReading[] readings = _lookup.Texts.Select(DkimKeyParser.Read).ToArray();
        if (readings.Length == 1) return readings[0];

        DkimKeyReading[] keys = readings.Where(reading => reading.LooksLikeKey).ToArray();
        string? joined = DkimSplitKey.TryJoin(_lookup.Texts);
        DkimKeyReading chosen = joined is not null ? DkimKeyParser.Read(joined) : keys.Concat(readings).First();
        string message = "There are " + readings.Length + " TXT records at " + _lookup.Name
            + (joined is null ? "; what a verifier does with them is undefined." : ": one key cut into several records; they have to be strings of one record.");

        // One text that is to stay can be named only where no other is a key too.
        string? keep = joined ?? (keys.Length == 1 ? DkimRepair.TryRepair(keys[0])?.ToString() : null);
        string? foreign = _lookup.Texts.FirstOrDefault(text => TxtKinds.Of(_lookup.Name, text) != TxtKind.Dkim);
        if (foreign is not null) message += " Remove " + PrintableText.Quote(foreign) + ".";

        // A plan never takes a text of another kind away.
        ResourceRecord[] fix = keep is null || !CanCorrect || foreign is not null ? Array.Empty<ResourceRecord>() : new[] { ToRecord(keep) };
        _sheet.Report(DkimChecks.Multiple.Saying(message), fix.Length == 0 ? null : PrintableText.Escape(keep), actual: null, recommendation: null, fix);
        return chosen;
    }

    private void JudgeUse(DkimKeyReading reading)
    {
        bool isLive = reading.Record.KeyData is { Length: > 0 };
        if (_options.IsParked && isLive)
        {
            _sheet.Report(
                DkimChecks.Parked.With(_domain, _lookup.Name),
                expected: RevokedKey,
                actual: null,
                recommendation: null,
                CanCorrect ? new[] { ToRecord(RevokedKey) } : Array.Empty<ResourceRecord>());
        }
        else if (!_options.IsParked)
        {
            _sheet.NotApplicable(DkimChecks.Parked, "The domain is not known to be parked.");
        }

        DateTime? date = _options.Today is { } today ? SelectorDate.Of(_lookup.Selector, today) : null;
        if (date is null || !isLive)
        {
            _sheet.NotApplicable(DkimChecks.KeyAge, "The selector's name contains no date.");
        }
        else
        {
            string text = date.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            DateTime due = date.Value.AddYears(1);
            _sheet.Found(DkimChecks.KeyAge, text, (due - _options.Today!.Value).Days);
            if (due < _options.Today)
                _sheet.Report(DkimChecks.KeyAge.With(text));
            else
                _sheet.Pass(DkimChecks.KeyAge, "The name of " + _lookup.Name + " dates the key to " + text + " or later; it should be rotated by " + due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".");
        }
    }

    private void Complete(DkimKeyReading reading)
    {
        DkimPublicKey? key = reading.Record.Key;
        if (key is null || !key.IsRsa) _sheet.CompleteNotApplicable(s_rsaChecks, "There is no RSA key to measure.");

        if (key is null)
            _sheet.CompleteNotApplicable(new[] { DkimChecks.SampleKey, DkimChecks.KeyDataDer, DkimChecks.Ed25519Length }, "There is no key to read.");
        else if (!string.Equals(reading.Record.KeyType, DkimKeyRecord.Ed25519, StringComparison.Ordinal))
            _sheet.CompleteNotApplicable(new[] { DkimChecks.Ed25519Length }, "The key is not said to be an Ed25519 key.");

        if (reading.Record.KeyData is not { Length: > 0 })
            _sheet.CompleteNotApplicable(new[] { DkimChecks.KeyDataBase64, DkimChecks.StrictIdentity }, "There is no key data.");

        _sheet.CompletePass(s_ofSelector);
    }
}

/// <summary>What a platform's profile asks for at one selector.</summary>
internal sealed class DkimExpectation(string selector, DomainName? cnameTarget)
{
    public string Selector { get; } = selector;

    /// <summary>Where the selector's alias has to lead; null where the platform gives a TXT record or an account's own target.</summary>
    public DomainName? CnameTarget { get; } = cnameTarget;
}

/// <summary>Recognises one key that was published as several TXT records, as some control panels do with a long value.</summary>
internal static class DkimSplitKey
{
    // Four parts hold an RSA key of 4096 bits; more would only try orders.
    private const int MostParts = 4;

    /// <summary>The parts joined in the order that gives a whole key; null where no order does.</summary>
    public static string? TryJoin(IReadOnlyList<string> texts)
    {
        if (texts.Count is < 2 or > MostParts) return null;

        return Orders(texts.ToArray(), 0).FirstOrDefault(IsWholeKey);
    }

    private static bool IsWholeKey(string text)
    {
        DkimKeyReading reading = DkimKeyParser.Read(text);
        return reading.Faults.All(fault => fault.Check.Severity != CheckSeverity.Error)
            && reading.Record.Key is { IsRsa: true };
    }

    private static IEnumerable<string> Orders(string[] parts, int fixedCount)
    {
        if (fixedCount == parts.Length)
        {
            yield return string.Concat(parts);
            yield break;
        }

        for (int i = fixedCount; i < parts.Length; i++)
        {
            string[] next = (string[])parts.Clone();
            (next[fixedCount], next[i]) = (next[i], next[fixedCount]);
            foreach (string joined in Orders(next, fixedCount + 1))
                yield return joined;
        }
    }
}

/// <summary>Reads the date that many selectors carry in their name: 2019, 201906, 20190615, 20150520134512pm, s2023.</summary>
internal static class SelectorDate
{
    private const int FirstYear = 2004;

    /// <summary>The first day that the name can mean; null where it holds no date or one to come.</summary>
    public static DateTime? Of(string selector, DateTime today)
    {
        int start = 0;
        while (start < selector.Length)
        {
            int end = start;
            while (end < selector.Length && selector[end] >= '0' && selector[end] <= '9')
                end++;

            if (end > start && Read(selector.Substring(start, end - start)) is { } date)
                return date <= today ? date : null;

            start = Math.Max(end, start + 1);
        }

        return null;
    }

    private static DateTime? Read(string digits)
    {
        string? format = digits.Length switch
        {
            4 => "yyyy",
            6 => "yyyyMM",
            8 => "yyyyMMdd",
            14 => "yyyyMMddHHmmss",
            _ => null,
        };
        bool isDate = format is not null
            & DateTime.TryParseExact(digits, format ?? "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date);
        return isDate && date.Year >= FirstYear && date.Year < 2100 ? date.Date : null;
    }
}

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
