namespace MailDns.MailReports;

/// <summary>
/// Knows a platform by a domain that it signs with, bounces to, or has its customers include and point aliases at: all names in
/// its profile that end in a domain of its own.
/// </summary>
internal sealed class PlatformRecognition
{
    private readonly Dictionary<string, SendingProvider> _suffixes = new(StringComparer.Ordinal);

    /// <param name="shipped">All profiles.</param>
    /// <param name="named">Profiles that the user named; they come first.</param>
    public PlatformRecognition(IEnumerable<SendingProvider> shipped, IEnumerable<SendingProvider> named)
    {
        foreach (SendingProvider provider in named.Concat(shipped))
        {
            foreach (string name in Names(provider))
            {
                if (!_suffixes.ContainsKey(name))
                {
                    _suffixes.Add(name, provider);
                }
            }
        }
    }

    /// <summary>The platform that a domain belongs to; null where no profile names it.</summary>
    public SendingProvider? Find(string? domain)
    {
        for (string? name = domain; !string.IsNullOrEmpty(name) && name!.IndexOf('.') > 0; name = name.Substring(name.IndexOf('.') + 1))
        {
            if (_suffixes.TryGetValue(name, out SendingProvider? provider))
            {
                return provider;
            }
        }

        return null;
    }

    // What comes behind the last placeholder of a target is the platform's own; so is every include.
    private static IEnumerable<string> Names(SendingProvider provider)
    {
        IEnumerable<string> targets = provider.Records
            .Where(record => record.Role is RecordPurpose.Dkim or RecordPurpose.Bounce or RecordPurpose.Tracking && record.TargetTemplate is not null)
            .Select(record => record.TargetTemplate!.Text);
        IEnumerable<string> includes = provider.Records.SelectMany(record => record.Include)
            .Concat(provider.Obsolete.Where(value => value.Role == RecordPurpose.Spf).Select(value => value.Value));
        foreach (string name in targets.Concat(includes))
        {
            string own = name.Substring(name.LastIndexOf('}') + 1).TrimStart('.').TrimEnd('.').ToLowerInvariant();
            string[] labels = own.Split('.');
            if (labels.Length >= 2 && labels.All(label => label.Length > 0))
            {
                yield return own;
                yield return labels[labels.Length - 2] + "." + labels[labels.Length - 1];
            }
        }
    }
}
