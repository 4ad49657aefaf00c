using System.Text;

namespace MailDns.Dmarc;

/// <summary>
/// The record as it should read: what receivers drop is left out or put right, what they keep stays as it is. Where the
/// owner's intent cannot be told from the text, there is no corrected record.
/// </summary>
internal static class DmarcRepair
{
    // A longer record is no slip of the hand.
    private const int MostTags = 64;

    /// <summary>The corrected text; null where nothing can or need be corrected.</summary>
    /// <param name="record">The record as read.</param>
    /// <param name="keepsPublicSuffix">True where psd=y is right.</param>
    public static string? Correct(DmarcRecord record, bool keepsPublicSuffix)
    {
        DmarcRecord source = record.HasVersion ? record : DmarcParser.Read(WithVersion(record.RawText));
        if (!source.HasVersion || source.Tags.Count > MostTags)
        {
            return null;
        }

        var repair = new Draft(source, keepsPublicSuffix);
        string? text = repair.Build();
        bool improves = text is not null
            && !string.Equals(text, record.RawText, StringComparison.Ordinal)
            && DmarcParser.Read(text).Faults.Count == 0;
        return improves ? text : null;
    }

    // Quotes and backslashes of a control panel, a wrong case, a missing semicolon after the version, or v= not in front.
    private static string WithVersion(string text)
    {
        string bare = text.Replace("\\;", ";").Trim(' ', '\t', '\r', '\n', '"', '\'', ';');
        int start = bare.IndexOf("v=dmarc1", StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return "v=DMARC1; " + bare;
        }

        string before = bare.Substring(0, start).Trim(' ', '\t', ';');
        string after = bare.Substring(start + "v=DMARC1".Length).Trim(' ', '\t', ';');
        return "v=DMARC1; " + before + (before.Length > 0 && after.Length > 0 ? "; " : string.Empty) + after;
    }

    /// <summary>One correction under way.</summary>
    private sealed class Draft(DmarcRecord record, bool keepsPublicSuffix)
    {
        private readonly DmarcRecord _record = record;
        private readonly bool _keepsPublicSuffix = keepsPublicSuffix;
        private readonly List<KeyValuePair<string, string>> _tags = new();

        public string? Build()
        {
            foreach (DmarcTag tag in _record.Tags.Skip(1))
            {
                if (!Add(tag.Name.ToLowerInvariant(), Clean(tag.Value)))
                {
                    return null;
                }
            }

            AddStrayAddresses();
            DmarcPolicy? policy = DmarcTags.ReadPolicy(Get(DmarcTags.Policy) ?? "none");
            if (policy is null || !CorrectTags(policy.Value))
            {
                return null;
            }

            return Write(policy.Value);
        }

        // False where one tag has two values and nobody knows which is meant.
        private bool Add(string name, string value)
        {
            if (value.Length == 0 || name == DmarcTags.Version)
            {
                return true;
            }

            string? known = Get(name);
            if (known is not null)
            {
                return string.Equals(known, value, StringComparison.OrdinalIgnoreCase);
            }

            _tags.Add(new KeyValuePair<string, string>(name, DmarcTags.IsPolicy(name) ? NearestPolicy(value) : value));
            return true;
        }

        private bool CorrectTags(DmarcPolicy policy)
        {
            if (Get(DmarcTags.Percentage) == "0" && Get(DmarcTags.Testing) is null)
            {
                _tags.Add(new KeyValuePair<string, string>(DmarcTags.Testing, "y"));
            }

            foreach (string uris in new[] { DmarcTags.AggregateReports, DmarcTags.FailureReports })
            {
                if (Get(uris) is { } list)
                {
                    Set(uris, CorrectUris(list));
                }
            }

            _tags.RemoveAll(tag => IsDropped(tag.Key, tag.Value, policy));
            return _tags.TrueForAll(tag => !DmarcTags.IsPolicy(tag.Key) || DmarcTags.ReadPolicy(tag.Value) is not null);
        }

        private bool IsDropped(string name, string value, DmarcPolicy policy) => name switch
        {
            DmarcTags.Percentage or DmarcTags.ReportFormat or DmarcTags.ReportInterval => true,
            DmarcTags.SubdomainPolicy => DmarcTags.ReadPolicy(value) == policy && !_record.SpellsOutReject,
            DmarcTags.DkimAlignment or DmarcTags.SpfAlignment => !DmarcTags.Is(value, "r") && !DmarcTags.Is(value, "s"),
            DmarcTags.Testing => !DmarcTags.Is(value, "y") && !DmarcTags.Is(value, "n"),
            DmarcTags.PublicSuffix => !(DmarcTags.Is(value, "n") || DmarcTags.Is(value, "u") || (DmarcTags.Is(value, "y") && _keepsPublicSuffix)),
            DmarcTags.FailureOptions => Get(DmarcTags.FailureReports) is null || DmarcParser.Read("v=DMARC1; fo=" + value).Faults.Count > 0,
            _ => false,
        };

        private string Write(DmarcPolicy policy)
        {
            var builder = new StringBuilder("v=DMARC1; p=").Append(DmarcTags.Write(policy));
            foreach (KeyValuePair<string, string> tag in _tags.Where(tag => tag.Key != DmarcTags.Policy))
            {
                builder.Append("; ").Append(tag.Key).Append('=').Append(tag.Value);
            }

            return builder.ToString();
        }

        // An address that stands alone between semicolons is meant for rua, or is the rest of a local part with a semicolon.
        private void AddStrayAddresses()
        {
            foreach (DmarcFault fault in _record.Faults.Where(fault => fault.Kind == DmarcFaultKind.Junk))
            {
                string text = Clean(fault.Fragment).Trim();
                string? list = Get(DmarcTags.AggregateReports);
                if (list is not null && IsCutMailTo(list) && text.IndexOf('@') > 0 && DmarcReportUriReader.SchemeOf(text) is null)
                {
                    Set(DmarcTags.AggregateReports, list + "%3B" + text);
                    continue;
                }

                string? uri = TryUri(text);
                if (uri is null || (list is not null && list.IndexOf(uri, StringComparison.OrdinalIgnoreCase) >= 0))
                {
                    continue;
                }

                Set(DmarcTags.AggregateReports, list is null ? uri : list + "," + uri);
            }
        }

        private static string CorrectUris(string list)
        {
            var uris = new List<string>();
            foreach (string part in list.Split(',').Select(part => part.Trim()).Where(part => part.Length > 0))
            {
                // "mailto:a,b@domain": the comma belongs to the mailbox.
                bool joins = uris.Count > 0 && IsCutMailTo(uris[uris.Count - 1]) && DmarcReportUriReader.SchemeOf(part) is null;
                if (joins)
                {
                    uris[uris.Count - 1] += "%2C" + part;
                    continue;
                }

                var faults = new List<DmarcFault>();
                DmarcReportUri read = DmarcReportUriReader.ReadSingle(string.Empty, part, faults);
                uris.Add(read.IsValid ? read.RawUri : TryUri(part) ?? part);
            }

            return string.Join(",", uris.Distinct(StringComparer.Ordinal));
        }

        private static bool IsCutMailTo(string list)
        {
            string last = list.Substring(list.LastIndexOf(',') + 1).Trim();
            return DmarcReportUriReader.SchemeOf(last) == "mailto" && last.IndexOf('@') < 0 && last.Length > "mailto:".Length;
        }

        private static string? TryUri(string text)
        {
            if (text.IndexOf('@') < 0)
            {
                return null;
            }

            try
            {
                return DmarcReportUriWriter.Write(text, string.Empty);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        // One or two slips of the hand away from exactly one policy; everything else is left as it is.
        private static string NearestPolicy(string value)
        {
            string[] near = new[] { "none", "quarantine", "reject" }
                .Where(policy => value.Length <= 16 && Distance(value.ToLowerInvariant(), policy) <= 2)
                .ToArray();
            return near.Length == 1 ? near[0] : value;
        }

        private static int Distance(string one, string other)
        {
            int[] row = Enumerable.Range(0, other.Length + 1).ToArray();
            for (int i = 1; i <= one.Length; i++)
            {
                int diagonal = row[0];
                row[0] = i;
                for (int j = 1; j <= other.Length; j++)
                {
                    int above = row[j];
                    int replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                    row[j] = Math.Min(replaced, Math.Min(above, row[j - 1]) + 1);
                    diagonal = above;
                }
            }

            return row[other.Length];
        }

        private static string Clean(string value)
        {
            string kept = new(value.Where(c => c >= 0x20 && c <= 0x7E).ToArray());
            return kept.Trim();
        }

        private string? Get(string name)
        {
            foreach (KeyValuePair<string, string> tag in _tags)
            {
                if (string.Equals(tag.Key, name, StringComparison.Ordinal))
                {
                    return tag.Value;
                }
            }

            return null;
        }

        private void Set(string name, string value)
        {
            int index = _tags.FindIndex(tag => string.Equals(tag.Key, name, StringComparison.Ordinal));
            var changed = new KeyValuePair<string, string>(name, value);
            if (index >= 0)
            {
                _tags[index] = changed;
            }
            else
            {
                _tags.Add(changed);
            }
        }
    }
}
