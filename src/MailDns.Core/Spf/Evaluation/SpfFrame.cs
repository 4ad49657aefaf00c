using MailDns.Dns;

namespace MailDns.Spf;

/// <summary>One call of check_host(): the domain, its record, and the include or redirect that led to it.</summary>
internal sealed class SpfFrame
{
    public SpfFrame(SpfFrame? parent, SpfTerm? term, DomainName domain)
    {
        Parent = parent;
        Term = term;
        Domain = domain;
    }

    public SpfFrame? Parent { get; }

    public SpfTerm? Term { get; }

    public DomainName Domain { get; }

    /// <summary>The record; null before it is read.</summary>
    public SpfRecord? Record { get; set; }

    /// <summary>The term that is being evaluated.</summary>
    public SpfTerm? Current { get; set; }

    public int Depth => Parent is null ? 0 : Parent.Depth + 1;
}
