using MailDns.Dns;

namespace MailDns.Spf;

/// <summary>A record of its own that holds a share of a long record's addresses.</summary>
internal sealed class SpfPart
{
    public SpfPart(DomainName name, string text)
    {
        Name = name;
        Text = text;
    }

    public DomainName Name { get; }

    public string Text { get; }
}
