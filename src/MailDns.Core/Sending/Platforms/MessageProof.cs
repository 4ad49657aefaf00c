using System.IO;
using MailDns.Messages;

namespace MailDns.Sending;

/// <summary>The platform that a message is compared with.</summary>
internal sealed record PlatformRequest
{
    /// <summary>The profile of the platform that should have sent it; null where none was named.</summary>
    public SendingProvider? Provider { get; init; }

    /// <summary>Values for that profile's placeholders.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Values { get; init; } = Array.Empty<KeyValuePair<string, string>>();

    /// <summary>The platforms among which it is looked for.</summary>
    public ProviderIndex Known { get; init; } = ProviderIndex.None;
}

/// <summary>Proves one received message, and compares it with what a platform promises.</summary>
internal static class MessageProof
{
    /// <summary>Reads the message from the stream, which stays open.</summary>
    /// <param name="stream">The copy.</param>
    /// <param name="request">What is known of the message.</param>
    /// <param name="platform">What is known of its platform.</param>
    /// <param name="resolver">Answers for keys, policies and the profile's records.</param>
    /// <param name="deadline">Bounds the evaluation of SPF (RFC 7208 section 4.6.4).</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MessageException">It is not a message, or too large.</exception>
    public static Task<MailMessageResult> ProveAsync(
        Stream stream,
        MessageRequest request,
        PlatformRequest platform,
        IDnsResolver resolver,
        CancellationToken deadline,
        CancellationToken cancellationToken)
    {
        return MessageProver.ProveAsync(stream, request, resolver, JudgeAsync, deadline, cancellationToken);

        async Task JudgeAsync(MessageFacts facts, CheckSheet sheet)
        {
            PlatformFound? found = await PlatformFinder.FindAsync(facts, platform.Known, resolver, cancellationToken).ConfigureAwait(false);
            facts.Platform = found?.Name;
            await PlatformRules.ApplyAsync(facts, found, platform, resolver, sheet, cancellationToken).ConfigureAwait(false);
        }
    }
}
