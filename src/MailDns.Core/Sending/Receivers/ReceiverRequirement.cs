namespace MailDns.Sending;

/// <summary>One thing that one receiver asks of senders.</summary>
internal sealed class ReceiverRequirement
{
    public ReceiverRequirement(MailReceiver receiver, ReceiverNeed need, CheckDefinition check)
    {
        Receiver = receiver;
        Need = need;
        Check = check;
    }

    public MailReceiver Receiver { get; }

    public ReceiverNeed Need { get; }

    public CheckDefinition Check { get; }
}
