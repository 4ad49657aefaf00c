namespace MailDns.Sending;

/// <summary>Whether a need is met: true, false, or null where it is not known; and why.</summary>
internal sealed class ReceiverVerdict
{
    private ReceiverVerdict(bool? isMet, bool isShown, string reason)
    {
        IsMet = isMet;
        IsShown = isShown;
        Reason = reason;
    }

    /// <summary>Null where a failed lookup leaves it open, or where it is not shown.</summary>
    public bool? IsMet { get; }

    /// <summary>False for what DNS, or what was told, does not show at all.</summary>
    public bool IsShown { get; }

    /// <summary>The facts, without a full stop.</summary>
    public string Reason { get; }

    public static ReceiverVerdict Met(string reason) => new(isMet: true, isShown: true, reason);

    public static ReceiverVerdict NotMet(string reason) => new(isMet: false, isShown: true, reason);

    public static ReceiverVerdict Unknown(string reason) => new(isMet: null, isShown: true, reason);

    public static ReceiverVerdict NotShown(string reason) => new(isMet: null, isShown: false, reason);

    public static ReceiverVerdict Of(bool? isMet, string reason) => isMet switch
    {
        true => Met(reason),
        false => NotMet(reason),
        null => Unknown(reason),
    };
}
